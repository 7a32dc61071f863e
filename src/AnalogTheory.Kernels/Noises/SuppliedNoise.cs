using System;
using System.Globalization;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Noises;

/// <summary>Writes ε of one step of one replica; must be a pure function of its arguments.</summary>
/// <param name="raw">Raw numbers of the step: those of the step first, then those of coordinate 0, 1, …</param>
/// <param name="w">Weights where the gradient was taken; length D.</param>
/// <param name="noise">Receives ε, loss/weight; length D.</param>
public delegate void NoiseFunction(ReadOnlySpan<double> raw, ReadOnlySpan<double> w, Span<double> noise);

/// <summary>A noise that a user supplies as a function of raw numbers and weights; called once per replica and step, from several threads.</summary>
/// <param name="raw">Which raw numbers the function is given.</param>
/// <param name="perStep">Raw numbers that a step gets once, ≥ 0.</param>
/// <param name="perCoordinate">Raw numbers that every coordinate gets, ≥ 0.</param>
/// <param name="noise">ε as a pure function of the raw numbers and the weights.</param>
/// <exception cref="ArgumentException">No raw numbers are asked for.</exception>
public sealed class SuppliedNoise(RawKind raw, int perStep, int perCoordinate, NoiseFunction noise) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw { get; } =
        raw != RawKind.None && perStep >= 0 && perCoordinate >= 0 && perStep + perCoordinate > 0
            ? raw
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected uniforms or normals, at least one a step or a coordinate, got raw = {raw}, perStep = {perStep}, perCoordinate = {perCoordinate}."
                ),
                nameof(raw)
            );

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => checked(perStep + perCoordinate * dimension);

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() => new Kernel<T>(noise);

    /// <summary>Gathers one replica after the other, so the function never sees lanes.</summary>
    private sealed class Kernel<T>(NoiseFunction noise) : NoiseKernel<T>
        where T : struct, ILanes<T>
    {
        private double[] _raw = [];
        private double[] _w = [];
        private double[] _noise = [];

        public override void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors)
        {
            int stride = vectors * T.Count;
            ReadOnlySpan<double> draws = Lanes.Doubles(raw);
            ReadOnlySpan<double> weights = Lanes.Doubles(w);
            Span<double> total = Lanes.Doubles(gradient);
            Span<double> size = Lanes.Doubles(magnitude);
            int dimension = weights.Length / stride;
            Array.Resize(ref _raw, draws.Length / stride);
            Array.Resize(ref _w, dimension);
            Array.Resize(ref _noise, dimension);
            for (int replica = 0; replica < stride; replica++)
            {
                Gather(draws, replica, stride, _raw);
                Gather(weights, replica, stride, _w);
                _noise.AsSpan().Clear();
                noise(_raw, _w, _noise);
                for (int d = 0; d < dimension; d++)
                {
                    int i = d * stride + replica;
                    total[i] += _noise[d];
                    if (!size.IsEmpty)
                    {
                        size[i] += Math.Abs(_noise[d]);
                    }
                }
            }
        }

        private static void Gather(ReadOnlySpan<double> values, int replica, int stride, double[] gathered)
        {
            for (int i = 0; i < gathered.Length; i++)
            {
                gathered[i] = values[i * stride + replica];
            }
        }
    }
}
