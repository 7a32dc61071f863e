using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>Pairs of elements that only ever go up: w = g₊ − g₋, where a step up goes to g₊ and a step down to g₋. Phase-change memory is used so.</summary>
/// <remarks>
/// Both elements fill up with time. Now and then all pairs are read, and a pair whose two elements are high (see <see cref="RefreshSettings"/>) is reset and
/// its difference written back to one of them (AIHWKIT's <c>OneSidedUnitCell</c>). An update has four phases, one for each pair of signs of x and d, as hardware that can
/// only pulse one way has: each phase is an update of its own, with its own trains and management.
/// </remarks>
public sealed class OneSidedArray : WeightArray
{
    /// <summary>Place of g₊ among a state's parts.</summary>
    internal const int Plus = 0;

    /// <summary>Place of g₋ among a state's parts.</summary>
    internal const int Minus = 1;

    private readonly DeviceArray _plus;
    private readonly DeviceArray _minus;
    private readonly PairRefresh _refresh;

    /// <summary>Pairs from two arrays of one shape and kind.</summary>
    /// <param name="plus">g₊; its transfer periphery is what a refresh reads through.</param>
    /// <param name="minus">g₋, likewise.</param>
    /// <param name="refresh">When pairs are refreshed; null for a look after every mini-batch.</param>
    /// <exception cref="ArgumentException">The shapes differ, or only one of them is continuous.</exception>
    public OneSidedArray(DeviceArray plus, DeviceArray minus, RefreshSettings? refresh = null)
        : base((plus ?? throw new ArgumentNullException(nameof(plus))).Outputs, plus.Inputs)
    {
        ArgumentNullException.ThrowIfNull(minus);
        if (minus.Outputs != plus.Outputs || minus.Inputs != plus.Inputs || minus.IsContinuous != plus.IsContinuous)
        {
            throw new ArgumentException(
                $"Expected two arrays of one shape and kind, got {plus.Outputs} × {plus.Inputs} and {minus.Outputs} × {minus.Inputs}.",
                nameof(minus)
            );
        }

        (_plus, _minus) = (plus, minus);
        _refresh = new(plus, minus, refresh ?? RefreshSettings.EveryBatch);
    }

    /// <summary>When pairs are refreshed.</summary>
    public RefreshSettings Refresh => _refresh.Settings;

    /// <inheritdoc/>
    public override double Granularity => _plus.Granularity;

    /// <inheritdoc/>
    public override double States => _plus.States + _minus.States;

    /// <inheritdoc/>
    public override bool IsContinuous => _plus.IsContinuous;

    /// <summary>Pairs of pulsed elements, which a refresh reads through a periphery.</summary>
    /// <param name="device">Kind of device, and how much elements differ.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
    /// <param name="refresh">When pairs are refreshed; null for a look after every mini-batch.</param>
    /// <param name="refreshPeriphery">Periphery of a refresh's reads; null for the kit's default.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The device's numbers describe no device, or the shape is none.</exception>
    public static OneSidedArray Pulsed(
        DeviceSettings device,
        int outputs,
        int inputs,
        ulong deviceKey,
        RefreshSettings? refresh = null,
        PeripherySettings? refreshPeriphery = null
    )
    {
        PeripherySettings periphery = refreshPeriphery ?? PeripherySettings.Default;
        return Of(key => new PulsedArray(device, outputs, inputs, key) { TransferPeriphery = periphery }, deviceKey, refresh);
    }

    /// <summary>The limit Δw_min → 0 of the same pairs: the same device and key give the same elements.</summary>
    /// <param name="device">Kind of device, and how much elements differ.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
    /// <param name="refresh">When pairs are refreshed; null for a look after every mini-batch.</param>
    /// <param name="refreshPeriphery">Periphery of a refresh's reads; null for the kit's default.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The device's numbers describe no device, or the shape is none.</exception>
    public static OneSidedArray Continuous(
        DeviceSettings device,
        int outputs,
        int inputs,
        ulong deviceKey,
        RefreshSettings? refresh = null,
        PeripherySettings? refreshPeriphery = null
    )
    {
        PeripherySettings periphery = refreshPeriphery ?? PeripherySettings.Default;
        return Of(key => new ContinuousArray(device, outputs, inputs, key) { TransferPeriphery = periphery }, deviceKey, refresh);
    }

    /// <inheritdoc/>
    public override ArrayState Init()
    {
        ArrayState state = new(new Grid(Outputs, Inputs), null, [_plus.Init(), _minus.Init()]);
        Combine(state);
        return state;
    }

    /// <inheritdoc/>
    public override void Set(ArrayState state, ulong key, ReadOnlySpan<float> weights)
    {
        RequireParts(state);
        base.Set(state, key, weights);
        float[] part = new float[weights.Length];
        for (int side = Plus; side <= Minus; side++)
        {
            for (int e = 0; e < part.Length; e++)
            {
                part[e] = MathF.Max(side == Plus ? weights[e] : -weights[e], 0.0f);
            }

            Side(side).Set(state.Parts[side], Keys.Fold(key, (ulong)side), part);
        }

        state.Updates = 0;
        Combine(state);
    }

    /// <inheritdoc/>
    public override void ResetColumns(ArrayState state, ulong key, int first, int count)
    {
        RequireParts(state);
        base.ResetColumns(state, key, first, count);
        _plus.ResetColumns(state.Parts[Plus], Keys.Fold(key, Plus), first, count);
        _minus.ResetColumns(state.Parts[Minus], Keys.Fold(key, Minus), first, count);
        Combine(state);
    }

    /// <inheritdoc/>
    public override void Relax(ArrayState state, ulong key)
    {
        RequireParts(state);
        _plus.Relax(state.Parts[Plus], Keys.Fold(key, Plus));
        _minus.Relax(state.Parts[Minus], Keys.Fold(key, Minus));
        Combine(state);
    }

    private protected override UpdateInfo SendBatch(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int samples,
        double learningRate
    )
    {
        RequireParts(state);
        UpdateInfo info = default;
        if (samples > 1 && _plus is ContinuousArray { FullBatch: true })
        {
            SendSum(state, key, settings, x, d, learningRate);
            state.Updates += samples - 1;
            info = _refresh.After(state, new(key, (uint)samples), samples);
            Combine(state);
            return info;
        }

        for (int n = 0; n < samples; n++)
        {
            Part inputs = new(x.Slice(n * Inputs, Inputs), 0);
            Part outputs = new(d.Slice(n * Outputs, Outputs), 0);
            info += Sample(state, new(key, (uint)n), settings, inputs, outputs, learningRate, samples);
        }

        Combine(state);
        return info;
    }

    private protected override UpdateInfo Send(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate)
    {
        RequireParts(state);
        UpdateInfo info = Sample(state, draws, settings, x, d, learningRate, 1);
        Combine(state);
        return info;
    }

    /// <summary>g₊ is 0, g₋ is 1.</summary>
    internal DeviceArray Side(int side) => side == Plus ? _plus : _minus;

    private UpdateInfo Sample(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate, int batch)
    {
        float[] room = System.Buffers.ArrayPool<float>.Shared.Rent(x.Values.Length + d.Values.Length);
        Span<float> inputs = room.AsSpan(0, x.Values.Length);
        Span<float> outputs = room.AsSpan(x.Values.Length, d.Values.Length);
        UpdateInfo info = default;
        for (int phase = 0; phase < 4; phase++)
        {
            // Signs of x and of d: the elements where they meet move up or down, all of them one way.
            int ofInput = (phase & 1) == 0 ? 1 : -1;
            int ofOutput = (phase & 2) == 0 ? 1 : -1;
            if (OfSign(x.Values, ofInput, inputs) && OfSign(d.Values, ofOutput, outputs))
            {
                bool isUp = ofInput * ofOutput * Math.Sign(learningRate) < 0;
                int side = isUp ? Plus : Minus;
                info += Side(side)
                    .SendPart(
                        state.Parts[side],
                        new(Keys.Fold(draws.Key, (ulong)phase), draws.Sample),
                        settings,
                        new(inputs, x.First),
                        new(outputs, d.First),
                        isUp ? learningRate : -learningRate
                    );
            }
        }

        System.Buffers.ArrayPool<float>.Shared.Return(room);
        return info + _refresh.After(state, draws, batch);
    }

    // A mini-batch at once, row by row: what is positive of the summed increments goes to g₊, what is negative to g₋.
    private void SendSum(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        float[] sum = new float[Inputs];
        float[] part = new float[Inputs];
        for (int i = 0; i < Outputs; i++)
        {
            sum.AsSpan().Clear();
            OuterProduct.AddSamples(sum, i, Outputs, x, d, -learningRate);
            for (int side = Plus; side <= Minus; side++)
            {
                if (OfSign(sum, side == Plus ? 1 : -1, part))
                {
                    Side(side).UpdateRow(state.Parts[side], key, settings, i, part, side == Plus ? -1.0 : 1.0);
                }
            }
        }
    }

    // The numbers of one sign; whether there are any.
    private static bool OfSign(ReadOnlySpan<float> values, int sign, Span<float> into)
    {
        bool any = false;
        for (int e = 0; e < values.Length; e++)
        {
            into[e] = values[e] * sign > 0.0f ? values[e] : 0.0f;
            any |= into[e] != 0.0f;
        }

        return any;
    }

    private static OneSidedArray Of(Func<ulong, DeviceArray> side, ulong deviceKey, RefreshSettings? refresh) =>
        new(side(Keys.Fold(deviceKey, Plus)), side(Keys.Fold(deviceKey, Minus)), refresh);

    private static void Combine(ArrayState state)
    {
        Span<float> visible = state.Weights.Values;
        ReadOnlySpan<float> plus = state.Parts[Plus].Weights.Values;
        ReadOnlySpan<float> minus = state.Parts[Minus].Weights.Values;
        for (int e = 0; e < visible.Length; e++)
        {
            visible[e] = plus[e] - minus[e];
        }
    }

    private static void RequireParts(ArrayState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Parts.Count != 2)
        {
            throw new ArgumentException($"Expected a state of two parts, g₊ and g₋, got one of {state.Parts.Count}.", nameof(state));
        }
    }
}
