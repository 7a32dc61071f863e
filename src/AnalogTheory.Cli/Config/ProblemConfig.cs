using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>An objective in a config file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(QuadraticConfig), "quadratic")]
[JsonDerivedType(typeof(DiagonalQuadraticConfig), "diagonal-quadratic")]
[JsonDerivedType(typeof(LeastSquaresConfig), "least-squares")]
[JsonDerivedType(typeof(DoubleWellConfig), "double-well")]
[JsonDerivedType(typeof(SaturatingConfig), "saturating")]
internal abstract record ProblemConfig
{
    /// <summary>The objective.</summary>
    internal abstract Problem Build();
}

/// <summary>(h/2)‖w − w*‖².</summary>
[Description("f(w) = (h/2)‖w − w*‖².")]
internal sealed record QuadraticConfig : ProblemConfig
{
    [Positive]
    [Description("h, loss/weight².")]
    public double Curvature { get; init; } = 1.0;

    [Finite]
    [Description("w*, unit of weight; its length is D.")]
    public required ImmutableArray<double> Minimizer { get; init; }

    internal override Problem Build() => Problem.Quadratic(Curvature, Minimizer);
}

/// <summary>½ Σ_d h_d (w_d − w*_d)².</summary>
[Description("f(w) = ½ Σ_d h_d (w_d − w*_d)².")]
internal sealed record DiagonalQuadraticConfig : ProblemConfig
{
    [Positive]
    [Description("h, loss/weight²; length D.")]
    public required ImmutableArray<double> Curvatures { get; init; }

    [Finite]
    [Description("w*, unit of weight; length D.")]
    public required ImmutableArray<double> Minimizer { get; init; }

    internal override Problem Build() => Problem.Quadratic(Curvatures, Minimizer);
}

/// <summary>½‖Aw − b‖² times a factor.</summary>
[Description("f(w) = ½‖Aw − b‖² times a factor, a mean over samples.")]
internal sealed record LeastSquaresConfig : ProblemConfig
{
    [Finite]
    [Description("A, one sample a row.")]
    public required ImmutableArray<ImmutableArray<double>> Matrix { get; init; }

    [Finite]
    [Description("b; as long as A has rows.")]
    public required ImmutableArray<double> Target { get; init; }

    [Description("How residuals become a loss: halfSum ½‖Aw − b‖², halfMean ‖Aw − b‖²/(2N), mean ‖Aw − b‖²/N.")]
    public LeastSquaresLoss Loss { get; init; }

    internal override Problem Build()
    {
        int columns = Matrix.IsEmpty ? 0 : Matrix[0].Length;
        double[,] matrix = new double[Matrix.Length, columns];
        for (int row = 0; row < Matrix.Length; row++)
        {
            if (Matrix[row].Length != columns)
            {
                throw new System.ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected rows of equal length, got {columns} elements in matrix[0] and {Matrix[row].Length} in matrix[{row}]."
                    ),
                    "matrix"
                );
            }

            for (int column = 0; column < columns; column++)
            {
                matrix[row, column] = Matrix[row][column];
            }
        }

        return Problem.LeastSquares(matrix, Target, Loss);
    }
}

/// <summary>Σ_d (w_d² − a²)² + t·w_d.</summary>
[Description("f(w) = Σ_d (w_d² − a²)² + t·w_d, not convex.")]
internal sealed record DoubleWellConfig : ProblemConfig
{
    [AtLeast(1)]
    [Description("D.")]
    public int Dimension { get; init; } = 1;

    [Positive]
    [Description("a, position of the wells, unit of weight.")]
    public required double Well { get; init; }

    [Finite]
    [Description("t, |t| < 8a³/(3√3).")]
    public double Tilt { get; init; }

    [Positive]
    [Description("R ≥ 2a/√3: the smoothness holds on ‖w‖∞ ≤ R.")]
    public required double Domain { get; init; }

    internal override Problem Build() => Problem.DoubleWell(Dimension, Well, Tilt, Domain);
}

/// <summary>Σ_d (L/2)·x²/(1 + x²), x = w_d − w*_d.</summary>
[Description("f(w) = Σ_d (L/2)·x²/(1 + x²), x = w_d − w*_d, not convex.")]
internal sealed record SaturatingConfig : ProblemConfig
{
    [Positive]
    [Description("L, loss/weight².")]
    public double Smoothness { get; init; } = 1.0;

    [Finite]
    [Description("w*, unit of weight; its length is D.")]
    public required ImmutableArray<double> Minimizer { get; init; }

    internal override Problem Build() => Problem.Saturating(Smoothness, Minimizer);
}
