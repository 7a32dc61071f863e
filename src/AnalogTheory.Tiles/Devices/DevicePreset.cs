namespace AnalogTheory.Tiles.Devices;

/// <summary>A published device under the name that the field knows.</summary>
/// <param name="Name">Name.</param>
/// <param name="Device">Kind, and how much elements differ.</param>
/// <param name="Source">Where its numbers come from.</param>
public sealed record DevicePreset(string Name, DeviceSettings Device, string Source)
{
    /// <summary>Whether elements only ever go up, so that a weight is a pair of them: see <see cref="Arrays.OneSidedArray"/>.</summary>
    public bool IsOneSided { get; init; }
}
