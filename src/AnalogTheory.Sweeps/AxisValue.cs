using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>One place on an axis: what it puts into a cell's config, and how tables write it.</summary>
/// <param name="Content">JSON that goes to the axis's path.</param>
/// <param name="Label">Text of the table's column: a number in its shortest form, or a name.</param>
public sealed record AxisValue(JsonNode Content, string Label);

/// <summary>One step of an axis: a value for each of its paths.</summary>
/// <param name="Values">As many as the axis has paths.</param>
public sealed record AxisStep(ImmutableArray<AxisValue> Values);
