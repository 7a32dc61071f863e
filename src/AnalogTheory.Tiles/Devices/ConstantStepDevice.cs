using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose steps do not depend on the weight: q₊ = q₋ = 1 between hard bounds.</summary>
/// <remarks>AIHWKIT's <c>ConstantStepDevice</c>.</remarks>
public sealed record ConstantStepDevice : DeviceSettings
{
    internal override int LawParameters => 0;

    internal override void Complete(ElementDraws draws) { }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.VisitLinear(default(ConstantMaker<T>));

    private protected override DeviceSettings WithoutOwnSpread() => this;
}
