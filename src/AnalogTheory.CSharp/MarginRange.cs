namespace AnalogTheory.CSharp;

/// <summary>Bounds that every replica's margin keeps surely; they make a sampled verdict valid at any sample size.</summary>
/// <param name="Lower">No margin is below.</param>
/// <param name="Upper">No margin is above.</param>
public readonly record struct MarginRange(double Lower, double Upper);
