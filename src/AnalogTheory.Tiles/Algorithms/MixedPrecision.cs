using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="MixedPrecision"/>.</summary>
/// <remarks>Names of AIHWKIT's <c>MixedPrecisionCompound</c> in parentheses.</remarks>
public sealed record MixedPrecisionSettings
{
    /// <summary>Mini-batches between two transfers, above 0 (<c>transfer_every</c>).</summary>
    public double Every { get; init; } = 1.0;

    /// <summary>Rows that one transfer goes through, in a circle; 0 for all (<c>n_rows_per_transfer</c>, there −1 for all).</summary>
    public int Rows { get; init; }

    /// <summary>What a pulse weighs in the accumulator; 0 for Δw_min of the array, unit of weight (<c>granularity</c>).</summary>
    public double Granularity { get; init; }

    /// <summary>Factor on what is fired, above 0 (<c>transfer_lr</c>).</summary>
    public double TransferRate { get; init; } = 1.0;

    /// <summary>Circuit that sends the pulses; both managements are always on (<c>update</c>).</summary>
    public UpdateSettings Update { get; init; } = UpdateSettings.Default;

    /// <summary>Does as AIHWKIT does, where it loses gradient: see the remarks on <see cref="MixedPrecision"/>.</summary>
    public bool AsAihwkit { get; init; }
}

/// <summary>Mixed precision: gradients add up in a digital matrix χ, and W receives the whole pulses that χ is worth.</summary>
/// <remarks>
/// χ' = χ + α·d·xᵀ; then, row by row, n = trunc(χ/Δw_min) pulses are fired and taken off χ. Here an element receives exactly the pulses that χ is debited, more
/// than a train holds stay in χ, and a mini-batch is transferred after its last sample. AIHWKIT sends n by random trains, debits n whatever was fired, loses what
/// exceeds the train, and transfers a mini-batch during the first sample of the next: <see cref="MixedPrecisionSettings.AsAihwkit"/>.
/// </remarks>
public sealed class MixedPrecision : IArrayAlgorithm
{
    private const int Samples = 0;
    private const int NextRow = 1;

    private readonly IWeightArray _array;
    private readonly MixedPrecisionSettings _settings;
    private readonly UpdateSettings _update;
    private readonly float[] _pulses;
    private readonly double _granularity;

    /// <summary>The algorithm on an array.</summary>
    /// <param name="array">W.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there are more rows a transfer than rows.</exception>
    public MixedPrecision(IWeightArray array, MixedPrecisionSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        (_array, _settings) = (array, settings ?? new());
        Ranges.RequirePositive(_settings.Every, nameof(_settings.Every));
        Ranges.RequireNonNegative(_settings.Granularity, nameof(_settings.Granularity));
        Ranges.RequirePositive(_settings.TransferRate, nameof(_settings.TransferRate));
        if (_settings.Rows < 0 || _settings.Rows > array.Outputs)
        {
            throw new ArgumentException($"Expected 0 … {array.Outputs} rows a transfer, got {_settings.Rows}.", nameof(settings));
        }

        _granularity = _settings.Granularity > 0.0 ? _settings.Granularity : array.Granularity;
        _pulses = new float[array.Inputs];
        _update = _settings.Update with
        {
            Type = _settings.AsAihwkit ? _settings.Update.Type : PulseType.DeterministicImplicit,
            UpdateManagement = true,
            BitLengthManagement = true,
        };
    }

    /// <inheritdoc/>
    public string Name => "Mixed precision";

    /// <inheritdoc/>
    public int Outputs => _array.Outputs;

    /// <inheritdoc/>
    public int Inputs => _array.Inputs;

    /// <inheritdoc/>
    public StateNames Names { get; } = new(["W"], ["χ"], [], ["samples", "next row"]);

    /// <inheritdoc/>
    public AlgorithmState Init() => new([_array.Init()], [new Grid(Outputs, Inputs)], [], new long[2]);

    /// <inheritdoc/>
    public void Set(AlgorithmState state, ulong key, ReadOnlySpan<float> weights)
    {
        _array.Set(state.Arrays[0], key, weights);
        state.Buffers[0].Values.Clear();
        state.Counters.Clear();
    }

    /// <inheritdoc/>
    public void Get(AlgorithmState state, Span<float> weights) => state.Arrays[0].Weights.Store(weights);

    /// <inheritdoc/>
    public void Forward(AlgorithmState state, ulong key, ReadOnlySpan<float> x, Span<float> y) =>
        _array.Forward(state.Arrays[0], key, x, y);

    /// <inheritdoc/>
    public void Backward(AlgorithmState state, ulong key, ReadOnlySpan<float> d, Span<float> x) =>
        _array.Backward(state.Arrays[0], key, d, x);

    /// <inheritdoc/>
    public UpdateInfo Update(AlgorithmState state, ulong key, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate)
    {
        int samples = Shapes.RequireBatch(Inputs, Outputs, x, d, learningRate);
        long period = Math.Max(1, (long)Math.Ceiling(_settings.Every * samples));
        UpdateInfo info = default;
        ref long sent = ref state.Counters[Samples];
        for (int n = 0; n < samples; n++)
        {
            bool late = _settings.AsAihwkit && sent > 0 && sent % period == 0;
            Accumulate(state.Buffers[0], x.Slice(n * Inputs, Inputs), d.Slice(n * Outputs, Outputs), (float)learningRate);
            sent++;
            if (_settings.AsAihwkit ? late : sent % period == 0)
            {
                info += Transfer(state, Keys.Fold(key, (ulong)n));
            }
        }

        _array.Relax(state.Arrays[0], key);
        return info;
    }

    private static void Accumulate(Grid chi, ReadOnlySpan<float> x, ReadOnlySpan<float> d, float learningRate)
    {
        for (int i = 0; i < d.Length; i++)
        {
            float factor = learningRate * d[i];
            Span<float> row = chi.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = MathF.FusedMultiplyAdd(factor, x[j], row[j]);
            }
        }
    }

    private UpdateInfo Transfer(AlgorithmState state, ulong key)
    {
        int rows = _settings.Rows == 0 ? Outputs : _settings.Rows;
        UpdateInfo info = default;
        ref long next = ref state.Counters[NextRow];
        for (int n = 0; n < rows; n++)
        {
            int row = (int)next;
            next = (next + 1) % Outputs;
            if (Take(state.Buffers[0].Row(row)))
            {
                ulong rowKey = Keys.Fold(key, (ulong)n);
                info += _array.UpdateRow(state.Arrays[0], rowKey, _update, row, _pulses, _granularity * _settings.TransferRate);
            }
        }

        return info;
    }

    // Whole pulses out of a row of χ; whether there are any.
    private bool Take(Span<float> chi)
    {
        int most = _settings.AsAihwkit ? int.MaxValue : _update.BitLength;
        bool any = false;
        for (int j = 0; j < chi.Length; j++)
        {
            float pulses = Math.Clamp(MathF.Truncate((float)(chi[j] / _granularity)), -most, most);
            _pulses[j] = pulses;
            chi[j] = (float)(chi[j] - (pulses * _granularity));
            any |= pulses != 0.0f;
        }

        return any;
    }
}
