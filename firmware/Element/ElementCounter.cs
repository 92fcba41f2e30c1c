using Helios.Metering;

namespace Helios.Element
{
    /// <summary>The element's counter as the journal's bond.</summary>
    public sealed class ElementCounter : IMonotonicCounter
    {
        private readonly SecureElement _element;

        /// <param name="element">Provisioned.</param>
        public ElementCounter(SecureElement element)
        {
            _element = element;
        }

        /// <inheritdoc/>
        public CounterResult Read(out uint count)
        {
            return Of(_element.ReadCounter(out count));
        }

        /// <inheritdoc/>
        public CounterResult CountTo(uint count)
        {
            return Of(_element.CountTo(count));
        }

        private static CounterResult Of(ElementResult result)
        {
            switch (result)
            {
                case ElementResult.Done:
                    return CounterResult.Done;
                case ElementResult.CounterDiffers:
                    return CounterResult.Differs;
                case ElementResult.CounterUsedUp:
                    return CounterResult.UsedUp;
                default:
                    return CounterResult.Failed;
            }
        }
    }
}
