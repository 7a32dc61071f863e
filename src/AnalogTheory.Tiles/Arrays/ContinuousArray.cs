using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>An array in the limit Δw_min → 0: elements move by U(w, Δ), without pulses and without noise from pulse to pulse.</summary>
/// <remarks>
/// Everything else about the device stays: response, bounds and what differs from element to element. Δ is the increment that the pulses would have in the
/// mean, so its difference from a <see cref="PulsedArray"/> of the same device and key is what granularity and cycle noise cost.
/// </remarks>
/// <param name="device">Kind of device, and how much elements differ.</param>
/// <param name="outputs">Number of outputs, at least 1.</param>
/// <param name="inputs">Number of inputs, at least 1.</param>
/// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
/// <exception cref="ArgumentException">The device's numbers describe no device, or the shape is none.</exception>
public sealed class ContinuousArray(DeviceSettings device, int outputs, int inputs, ulong deviceKey)
    : DeviceArray(device, outputs, inputs, deviceKey)
{
    /// <inheritdoc/>
    public override bool IsContinuous => true;

    /// <summary>Whether the increments of a mini-batch are added before the elements move once, by U(w, ΣΔₙ); else sample by sample, as hardware does.</summary>
    public bool FullBatch { get; init; }

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
        if (!FullBatch || samples == 1)
        {
            return base.SendBatch(state, key, settings, x, d, samples, learningRate);
        }

        Workspace work = Workspace.OfThread;
        Span<float> increments = work.Counts.Room(state.Weights.Stride);
        double perPulse = -learningRate / Device.PulseGranularity;
        for (int i = 0; i < Outputs; i++)
        {
            increments.Clear();
            OuterProduct.AddSamples(increments[..Inputs], i, Outputs, x, d, perPulse);
            Move(state, i, 0, increments, 1.0f);
        }

        return default;
    }

    private protected override UpdateInfo Send(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate)
    {
        Workspace work = Workspace.OfThread;
        int first = x.First / Grid.Line * Grid.Line;
        Span<float> inputs = work.Inputs.Room(Grid.Padded(x.First + x.Values.Length - first));
        inputs.Clear();
        x.Values.CopyTo(inputs[(x.First - first)..]);
        double perPulse = -learningRate / Device.PulseGranularity;
        for (int i = 0; i < d.Values.Length; i++)
        {
            Move(state, d.First + i, first, inputs, (float)(perPulse * d.Values[i]));
        }

        return default;
    }

    private void Move(ArrayState state, int row, int first, ReadOnlySpan<float> inputs, float factor)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Move<Lanes512Single>(state, row, first, inputs, factor);
        }
        else
        {
            Move<Lanes256Single>(state, row, first, inputs, factor);
        }
    }

    private void Move<T>(ArrayState state, int row, int first, ReadOnlySpan<float> inputs, float factor)
        where T : struct, ILanesSingle<T>
    {
        Device.Accept<T, Mover<T>, int>(new Mover<T>(Elements, state.Hidden ?? state.Weights, row, first, inputs, factor));
        if (state.Hidden is not null)
        {
            state.Hidden.Row(row).CopyTo(state.Weights.Row(row));
        }
    }

    /// <summary>Moves the elements of a row by U(w, N), N the increments in pulses.</summary>
    private readonly ref struct Mover<T>(ElementTable elements, Grid weights, int row, int first, ReadOnlySpan<float> inputs, float factor)
        : IElementVisitor<T, int>
        where T : struct, ILanesSingle<T>
    {
        private readonly ReadOnlySpan<float> _inputs = inputs;

        public int VisitLinear<TMaker>(TMaker maker)
            where TMaker : struct, ILinearMaker<T> => Visit<TMaker, Stepped<LinearStep<T>, T>>(maker);

        public int Visit<TMaker, TLaw>(TMaker maker)
            where TMaker : struct, ILawMaker<T, TLaw>
            where TLaw : struct, IResponseLaw<T>
        {
            ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Values), (row * weights.Stride) + first);
            ref float parameters = ref Unsafe.Add(ref elements.RowStart(row), first * elements.Parameters);
            ref float x = ref MemoryMarshal.GetReference(_inputs);
            for (int c = 0; c < _inputs.Length; c += T.Count)
            {
                LaneParameters<T> at = new(ref parameters, c, elements.Parameters);
                T increment = Lane.Load<T>(ref x, c) * T.Constant(factor);
                T next = AnalogUpdate.ApplyByCases(maker.Make(at), Lane.Load<T>(ref w, c), increment);
                T landed = Pulse.Clip(next, at.At(Parameter.Lower), at.At(Parameter.Upper));

                // Nothing sent, nothing moved: also in the padding, where laws are none.
                Lane.Store(T.SelectNonNegative(-T.Abs(increment), Lane.Load<T>(ref w, c), landed), ref w, c);
            }

            return _inputs.Length;
        }
    }
}
