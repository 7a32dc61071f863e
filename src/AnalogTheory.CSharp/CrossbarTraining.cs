using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Kernels.Crossbars;

namespace AnalogTheory.CSharp;

/// <summary>
/// Least squares trained as hardware does it: one rank-1 update per sample, one after the other, from residuals that are read once per step.
/// Immutable, changed by <c>with</c>.
/// </summary>
/// <remarks>
/// A step reads rₙ = aₙ·(W + γP) + bias − bₙ + ρ‖aₙ‖ξₙ of all samples, then sends the increments −α·rₙ·aₙ/N for n = 0, 1, … to W; or to P,
/// from which W then moves by +β·P (residual learning; γ = 0 is Tiki-Taka up to a sign). What is minimised is ‖AW + bias − b‖²/(2N).
/// </remarks>
public sealed record CrossbarTraining
{
    private readonly ImmutableArray<double> _matrix;

    /// <summary>One array without pulses, read noise, bias or transfer.</summary>
    /// <param name="matrix">A, N×D, finite, one sample per row.</param>
    /// <param name="target">b, finite; length N.</param>
    /// <param name="device">Device of every element of both arrays.</param>
    /// <param name="learningRate">α &gt; 0, rate of the array that receives the gradient, weight²/loss.</param>
    /// <exception cref="ArgumentNullException">A or the device is null.</exception>
    /// <exception cref="ArgumentException">
    /// A is empty or not finite, b is <c>default</c>, not finite or not of length N, or α is not a finite number above 0.
    /// </exception>
    public CrossbarTraining(double[,] matrix, ImmutableArray<double> target, Device device, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(device);
        Require.nonEmpty(nameof(matrix), matrix.Length);
        Require.length(nameof(target), matrix.GetLength(0), Edge.Initialised(target).Length);
        _matrix = [.. matrix.Cast<double>()];
        Require.allFinite(nameof(matrix), _matrix.AsSpan());
        Require.allFinite(nameof(target), target.AsSpan());
        Target = target;
        Device = device;
        LearningRate = learningRate;
    }

    /// <summary>b; length N.</summary>
    public ImmutableArray<double> Target { get; }

    /// <summary>D.</summary>
    public int Dimension => _matrix.Length / Target.Length;

    /// <summary>Device of every element of both arrays.</summary>
    public Device Device { get; }

    /// <summary>α &gt; 0, rate of the array that receives the gradient, weight²/loss.</summary>
    /// <exception cref="ArgumentException">α is not a finite number above 0.</exception>
    public double LearningRate
    {
        get;
        init => field = Positive("learningRate", value);
    }

    /// <summary>How increments reach the elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind of pulses has no name.</exception>
    public CrossbarPulses Pulses
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw Edge.Undefined(value, "pulses");
    }

    /// <summary>Δw_min &gt; 0, unit of weight; not read without pulses.</summary>
    /// <exception cref="ArgumentException">Δw_min is not a finite number above 0.</exception>
    public double Granularity
    {
        get;
        init => field = Positive("granularity", value);
    } = 1.0;

    /// <summary>Longest train of a gradient update, in pulses, at least 1.</summary>
    /// <exception cref="ArgumentException">The length is below 1.</exception>
    public int BitLength
    {
        get;
        init => field = AtLeastOne("bitLength", value);
    } = 31;

    /// <summary>ρ ≥ 0, deviation of the read noise per unit of ‖aₙ‖, unit of weight.</summary>
    /// <exception cref="ArgumentException">ρ is not a finite number of at least 0.</exception>
    public double ReadNoise
    {
        get;
        init => field = NotNegative("readNoise", value);
    }

    /// <summary>Whether a digital bias is trained by plain SGD at rate α.</summary>
    public bool TrainsBias { get; init; }

    /// <summary>β &gt; 0, rate of W from P, dimensionless; null, the default, trains W directly.</summary>
    /// <exception cref="ArgumentException">β is not a finite number above 0.</exception>
    public double? TransferRate
    {
        get;
        init => field = value is { } rate ? Positive("transferRate", rate) : null;
    }

    /// <summary>Longest train of a transfer update, in pulses, at least 1.</summary>
    /// <exception cref="ArgumentException">The length is below 1.</exception>
    public int TransferBitLength
    {
        get;
        init => field = AtLeastOne("transferBitLength", value);
    } = 31;

    /// <summary>γ ≥ 0: residuals are read at W + γP; dimensionless.</summary>
    /// <exception cref="ArgumentException">γ is not a finite number of at least 0.</exception>
    public double Mixing
    {
        get;
        init => field = NotNegative("mixing", value);
    }

    /// <summary>W₀, finite, the same for all elements, unit of weight.</summary>
    /// <exception cref="ArgumentException">W₀ is not finite.</exception>
    public double Start
    {
        get;
        init
        {
            Require.finite("start", value);
            field = value;
        }
    }

    /// <summary>R independent runs of K steps.</summary>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="traceEvery">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="threads">Worker threads, ≥ 0; 0 is one per processor. Results do not depend on it.</param>
    /// <returns>The losses.</returns>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    public CrossbarRun Run(int replicas, int steps, ulong seed, int traceEvery = 1, int threads = 0)
    {
        RankOnePlan plan = Plan(replicas, steps, seed, traceEvery, threads);
        return new(plan, RankOneTraining.Run([plan], threads)[0]);
    }

    /// <summary>R independent runs of K steps, on the thread pool.</summary>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="traceEvery">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="threads">Worker threads, ≥ 0; 0 is one per processor. Results do not depend on it.</param>
    /// <param name="cancellationToken">Stops the run within a step.</param>
    /// <returns>The losses.</returns>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<CrossbarRun> RunAsync(
        int replicas,
        int steps,
        ulong seed,
        int traceEvery = 1,
        int threads = 0,
        CancellationToken cancellationToken = default
    )
    {
        RankOnePlan plan = Plan(replicas, steps, seed, traceEvery, threads);
        return Task.Run(() => new CrossbarRun(plan, RankOneTraining.Run([plan], threads, cancellationToken)[0]), cancellationToken);
    }

    private RankOnePlan Plan(int replicas, int steps, ulong seed, int traceEvery, int threads)
    {
        Require.atLeast(nameof(replicas), 1, replicas);
        Require.atLeast(nameof(steps), 0, steps);
        Require.atLeast(nameof(traceEvery), 1, traceEvery);
        Require.atLeast(nameof(threads), 0, threads);
        return new()
        {
            Matrix = _matrix,
            Target = Target,
            Device = Device.Law,
            LearningRate = LearningRate,
            Pulses = Pulses switch
            {
                CrossbarPulses.PerElement => PulseMode.PerElement,
                CrossbarPulses.SharedRow => PulseMode.SharedRow,
                _ => PulseMode.Continuous,
            },
            Granularity = Granularity,
            BitLength = BitLength,
            ReadNoise = ReadNoise,
            TrainsBias = TrainsBias,
            TransferRate = TransferRate,
            TransferBitLength = TransferBitLength,
            Mixing = Mixing,
            Start = Start,
            Steps = steps,
            Replicas = replicas,
            Key = KeyModule.ofSeed(seed).Bits,
            TraceEvery = traceEvery,
        };
    }

    private static double Positive(string name, double value)
    {
        Require.positive(name, value);
        return value;
    }

    private static double NotNegative(string name, double value)
    {
        Require.nonNegative(name, value);
        return value;
    }

    private static int AtLeastOne(string name, int value)
    {
        Require.atLeast(name, 1, value);
        return value;
    }
}

/// <summary>How an increment reaches the elements of a crossbar column.</summary>
public enum CrossbarPulses
{
    /// <summary>No pulses: every element moves by U(w, Δ).</summary>
    Continuous,

    /// <summary>Stochastic trains, drawn independently for every element.</summary>
    PerElement,

    /// <summary>Stochastic trains of a crossbar: an element fires where its column's bit meets the row's, which all columns share.</summary>
    SharedRow,
}
