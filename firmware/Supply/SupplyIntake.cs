using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Supply
{
    /// <summary>
    /// Judges what comes in for supply: an order of one controller, a new set of controllers, a
    /// request of the owner. What is cheap to check is checked before a signature, which takes
    /// the device a second. Signing thread.
    /// </summary>
    public sealed class SupplyIntake
    {
        private readonly Meter _meter;
        private readonly SupplyKeeper _keeper;
        private readonly Eip712Digest _digests;
        private readonly SignatureVerifier _verifier = new SignatureVerifier();
        private readonly SupplyRecord _draft = new SupplyRecord();
        private readonly byte[] _digest = new byte[SigningKey.DigestLength];
        private readonly byte[] _signer = new byte[AddressBytes.Length];
        private readonly byte[] _signerBefore = new byte[AddressBytes.Length];

        /// <param name="meter">What is stored.</param>
        /// <param name="keeper">What moves the switch.</param>
        /// <param name="domain">The deployment of this meter.</param>
        public SupplyIntake(Meter meter, SupplyKeeper keeper, Eip712Domain domain)
        {
            _meter = meter;
            _keeper = keeper;
            _digests = new Eip712Digest(domain);
        }

        /// <summary>An order.</summary>
        /// <param name="controller">The controller of its topic, 20 bytes.</param>
        /// <param name="order">For this meter.</param>
        /// <param name="signature">r and yParity with s, 64 bytes.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public SupplyResult TakeOrder(
            byte[] controller, SupplyOrder order, byte[] signature, ulong uptimeMs)
        {
            if (!TryRead())
            {
                return SupplyResult.NotReady;
            }

            int place = ControllerRules.PlaceOf(_draft, controller);
            if (place < 0)
            {
                return SupplyResult.UnknownController;
            }

            JournalRecord record = _meter.Record;
            SupplyResult result = OrderRules.Check(
                _draft, place, order.AuthorisedWh, record.ImportWhDown, record.MaxOpenWh);
            if (result != SupplyResult.Taken)
            {
                return result;
            }

            _digests.OfOrder(order, _digest);
            if (!IsSignedBy(controller, signature))
            {
                return SupplyResult.WrongSigner;
            }

            _draft.SetOrderWh(place, order.AuthorisedWh);
            OrderRules.Raise(_draft);
            return Store(uptimeMs);
        }

        /// <summary>A set of controllers that is to follow the present one.</summary>
        /// <param name="next">With the number of its topic.</param>
        /// <param name="signatures">64 bytes each, of the set before, signers ascending.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public SupplyResult TakeControllers(
            ControllerSet next, byte[][] signatures, ulong uptimeMs)
        {
            if (!TryRead())
            {
                return SupplyResult.NotReady;
            }

            SupplyResult result = ControllerRules.Check(_draft, next, signatures.Length);
            if (result != SupplyResult.Taken)
            {
                return result;
            }

            _digests.OfControllers(next, _digest);
            result = CheckSigners(signatures);
            if (result != SupplyResult.Taken)
            {
                return result;
            }

            ControllerRules.Replace(_draft, next);
            OrderRules.Raise(_draft);
            return Store(uptimeMs);
        }

        /// <summary>
        /// A request of the owner named in the last Enrolment. A return is done, and its number
        /// stored, once the switch is open.
        /// </summary>
        /// <param name="request">For this meter.</param>
        /// <param name="signature">r and yParity with s, 64 bytes.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public SupplyResult TakeRequest(OwnerRequest request, byte[] signature, ulong uptimeMs)
        {
            JournalRecord record = _meter.Record;
            if (_meter.State != MeterState.Ready || !record.IsEnrolled)
            {
                return SupplyResult.NotReady;
            }

            _meter.CopySupplyTo(_draft);
            SupplyResult result = RequestRules.Check(
                _draft, request, record.ImportWhDown, record.MaxOpenWh);
            if (result != SupplyResult.Taken)
            {
                return result;
            }

            _digests.OfRequest(request, _digest);
            return IsSignedBy(record.Owner, signature)
                ? Obey(request, uptimeMs)
                : SupplyResult.WrongSigner;
        }

        private bool TryRead()
        {
            if (_meter.State != MeterState.Ready || !_keeper.HasSupply)
            {
                return false;
            }

            _meter.CopySupplyTo(_draft);
            return true;
        }

        private SupplyResult Obey(OwnerRequest request, ulong uptimeMs)
        {
            switch (request.Action)
            {
                case OwnerRequest.SignReading:
                    _draft.RequestNumber = request.Number;
                    _draft.IsReadingDue = true;
                    return Store(uptimeMs);
                case OwnerRequest.Return when _keeper.HasSupply:
                    RequestRules.TryReadLevel(request.Argument, out ulong levelWh);
                    _keeper.AskReturn(levelWh, request.Number);
                    return SupplyResult.Taken;
                case OwnerRequest.OpenSwitch when _keeper.HasSupply:
                    return ToResult(_keeper.SetHand(true, request.Number, uptimeMs));
                case OwnerRequest.ReleaseSwitch when _keeper.HasSupply:
                    return ToResult(_keeper.SetHand(false, request.Number, uptimeMs));
                default:
                    return SupplyResult.NotReady;
            }
        }

        private SupplyResult CheckSigners(byte[][] signatures)
        {
            for (int i = 0; i < signatures.Length; i++)
            {
                Array.Copy(_signer, 0, _signerBefore, 0, AddressBytes.Length);
                if (_verifier.Recover(_digest, signatures[i], _signer) != SignatureCheck.Valid
                    || ControllerRules.PlaceOf(_draft, _signer) < 0)
                {
                    return SupplyResult.WrongSigner;
                }

                if (i > 0 && !AddressBytes.IsAscending(_signerBefore, _signer))
                {
                    return SupplyResult.NotAscending;
                }
            }

            return SupplyResult.Taken;
        }

        private bool IsSignedBy(byte[] signer, byte[] signature)
        {
            return _verifier.Recover(_digest, signature, _signer) == SignatureCheck.Valid
                && AddressBytes.AreEqual(_signer, signer);
        }

        private SupplyResult Store(ulong uptimeMs)
        {
            return ToResult(_meter.StoreSupply(_draft, uptimeMs));
        }

        private static SupplyResult ToResult(AppendResult stored)
        {
            return stored == AppendResult.Stored
                ? SupplyResult.Taken
                : SupplyResult.StorageFailed;
        }
    }
}
