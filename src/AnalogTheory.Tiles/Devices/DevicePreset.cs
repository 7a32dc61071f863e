namespace AnalogTheory.Tiles.Devices;

/// <summary>A published device under the name that the field knows.</summary>
/// <param name="Name">Name.</param>
/// <param name="Device">Kind, and how much elements differ.</param>
/// <param name="Source">Where its numbers come from.</param>
public sealed record DevicePreset(string Name, DeviceSettings Device, string Source);
