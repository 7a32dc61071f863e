using System;

namespace AnalogTheory.Training.Layers;

/// <summary>Where a layer's bias is.</summary>
public enum Bias
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Digital numbers behind the arrays, trained by plain SGD.</summary>
    Digital,

    /// <summary>One more column of the array, whose input is 1.</summary>
    InArray,
}

/// <summary>How a matrix of weights lies on tiles.</summary>
/// <remarks>Names of AIHWKIT's <c>MappingParameter</c> in parentheses; the defaults are the kit's, but the scale is learned, as in the paper's networks.</remarks>
public record MatrixSettings
{
    /// <summary>The settings of the paper's networks: digital bias, one learned scale a tile.</summary>
    public static MatrixSettings Default { get; } = new();

    /// <summary>Where the bias is (<c>digital_bias</c>).</summary>
    public Bias Bias { get; init; } = Bias.Digital;

    /// <summary>Whether a digital factor on the tile's outputs is learned, from 1 on (<c>learn_out_scaling</c>).</summary>
    public bool LearnsOutputScale { get; init; } = true;

    /// <summary>Whether each output has a factor of its own (<c>out_scaling_columnwise</c>).</summary>
    public bool OutputScaleByOutput { get; init; }

    /// <summary>ω: the largest |weight| on a tile at the start, the rest being a digital factor; 0 for weights as they are (<c>weight_scaling_omega</c>).</summary>
    public double WeightScaling { get; init; }

    /// <summary>Whether each output has a factor of its own, for ω &gt; 0 (<c>weight_scaling_columnwise</c>).</summary>
    public bool WeightScalingByOutput { get; init; }

    /// <summary>Most inputs, and most outputs, of a tile (<c>max_input_size</c>, <c>max_output_size</c>).</summary>
    public int LargestTile { get; init; } = 512;

    internal void Validate()
    {
        if (!(WeightScaling >= 0.0) || !double.IsFinite(WeightScaling))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a finite ω of at least 0, got {WeightScaling}."),
                nameof(WeightScaling)
            );
        }

        if (LargestTile < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a largest tile of at least 1, got {LargestTile}."),
                nameof(LargestTile)
            );
        }
    }
}
