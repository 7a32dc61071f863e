using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;

namespace AnalogTheory.Tiles.Problems;

/// <summary>Least squares trained on arrays as hardware does it: the smallest problem with the noise, the pulses and the reads of a network. Immutable, changed by <c>with</c>.</summary>
/// <remarks>
/// The weights are one row of D elements. A step reads yₙ of all N samples through the forward periphery, and trains by one mini-batch with
/// dₙ = (yₙ + bias − bₙ)/N: f = ‖AW + bias − b‖²/(2N). The loss is computed in double from the weights that the network computes with, without any
/// noise of reading. A run is a function of its key: devices, reads and pulses are drawn from it, so runs with different keys are independent.
/// </remarks>
public sealed record LeastSquaresTraining
{
    private readonly LeastSquaresData _data;

    /// <summary>A problem, and what trains on it.</summary>
    /// <param name="matrix">A, N×D, finite, one sample a row.</param>
    /// <param name="target">b, finite; length N.</param>
    /// <param name="algorithm">Makes the algorithm of a run, of one output and D inputs, from the key of its devices. A new one each time: runs go side by side.</param>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <exception cref="ArgumentException">A is empty or not finite, b is not finite or not of length N, or α is not a finite number above 0.</exception>
    public LeastSquaresTraining(
        double[,] matrix,
        ImmutableArray<double> target,
        Func<ulong, IArrayAlgorithm> algorithm,
        double learningRate
    )
    {
        _data = new(matrix, target);
        Algorithm = algorithm;
        LearningRate = learningRate;
    }

    /// <summary>N, number of samples.</summary>
    public int Samples => _data.Samples;

    /// <summary>D, number of weights.</summary>
    public int Dimension => _data.Dimension;

    /// <summary>Makes the algorithm of a run from the key of its devices.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Func<ulong, IArrayAlgorithm> Algorithm
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Algorithm));
            field = value;
        }
    }

    /// <summary>α &gt; 0, weight²/loss.</summary>
    /// <exception cref="ArgumentOutOfRangeException">α is not a finite number above 0.</exception>
    public double LearningRate
    {
        get;
        init =>
            field =
                value > 0.0 && double.IsFinite(value)
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(LearningRate),
                        FormattableString.Invariant($"Expected a finite learning rate above 0, got {value}.")
                    );
    }

    /// <summary>Whether a digital bias is trained beside the array, by plain SGD at rate α.</summary>
    public bool TrainsBias { get; init; }

    /// <summary>W₀, length D, unit of weight; empty, the default, for the state that the arrays have by themselves (0, where an element can have it).</summary>
    /// <exception cref="ArgumentException">Not D finite numbers, and not empty.</exception>
    public ImmutableArray<float> Start
    {
        get;
        init
        {
            if (!value.IsDefaultOrEmpty)
            {
                Arrays.Shapes.RequireLength(value.Length, Dimension, nameof(Start));
                Arrays.Shapes.RequireFinite(value.AsSpan(), nameof(Start));
            }

            field = value;
        }
    } = [];

    /// <summary>Digital bias at the start, finite; 0 unless given.</summary>
    public double StartBias { get; init; }

    /// <summary>Random data: A and w* with independent normal entries, b = A·w*.</summary>
    /// <param name="samples">N ≥ 1.</param>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="matrixScale">Deviation of A's entries, above 0.</param>
    /// <param name="targetScale">Deviation of w*'s entries, unit of weight, above 0.</param>
    /// <param name="key">64-bit key.</param>
    /// <returns>A, N×D, and b, length N.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static (double[,] Matrix, ImmutableArray<double> Target) RandomData(
        int samples,
        int dimension,
        double matrixScale,
        double targetScale,
        ulong key
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(matrixScale);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetScale);
        double[,] matrix = new double[samples, dimension];
        double[] target = new double[samples];
        for (int d = 0; d < dimension; d++)
        {
            double weight = targetScale * Gaussian.At(Keys.Fold(key, 1), Purpose.General, 0, (ulong)d);
            for (int n = 0; n < samples; n++)
            {
                matrix[n, d] = matrixScale * Gaussian.At(Keys.Fold(key, 0), Purpose.General, 0, ((ulong)n * (ulong)dimension) + (ulong)d);
                target[n] += matrix[n, d] * weight;
            }
        }

        return (matrix, [.. target]);
    }

    /// <summary>One run, step by step.</summary>
    /// <param name="key">64-bit key of the run.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="every">Yields the steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="cancellation">Stops the run within a step.</param>
    /// <returns>Points, computed as they are asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    /// <exception cref="ArgumentException">The algorithm has another shape than one output and D inputs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, while it is enumerated.</exception>
    public IEnumerable<TrainingPoint> Trajectory(ulong key, int steps, int every = 1, CancellationToken cancellation = default)
    {
        Require(steps, every);
        return Points(new(_data, this, key), steps, every, cancellation);
    }

    /// <summary>The losses of one run.</summary>
    /// <param name="key">64-bit key of the run.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="every">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="cancellation">Stops the run within a step.</param>
    /// <returns>⌊K/t⌋ + 1 losses; NaN from where a run diverged.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    /// <exception cref="ArgumentException">The algorithm has another shape than one output and D inputs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double[] Losses(ulong key, int steps, int every = 1, CancellationToken cancellation = default)
    {
        Require(steps, every);
        LeastSquaresRun run = new(_data, this, key);
        double[] losses = new double[(steps / every) + 1];
        for (int point = 0; point < losses.Length; point++)
        {
            run.Advance(point * every, cancellation);
            losses[point] = run.Loss();
        }

        return losses;
    }

    private static IEnumerable<TrainingPoint> Points(LeastSquaresRun run, int steps, int every, CancellationToken cancellation)
    {
        for (int step = 0; step <= steps; step += every)
        {
            run.Advance(step, cancellation);
            yield return run.Point();
            if (step > int.MaxValue - every)
            {
                yield break;
            }
        }
    }

    private static void Require(int steps, int every)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
    }
}

/// <summary>Where a training run stands before step k.</summary>
/// <param name="Step">k.</param>
/// <param name="Loss">f(W_k) = ‖AW + bias − b‖²/(2N), without noise of reading; NaN where the run diverged.</param>
/// <param name="Weights">The weights that the network computes with; length D.</param>
/// <param name="Bias">Digital bias; 0 unless it is trained.</param>
/// <param name="Pulses">Pulses sent to all arrays so far.</param>
public sealed record TrainingPoint(int Step, double Loss, ImmutableArray<float> Weights, double Bias, long Pulses);
