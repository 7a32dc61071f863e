using System;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Certificates;

/// <summary>How far one pulsed update lands from the mean field U(w, Δ), element by element: what granularity, random trains and cycle noise cost in this update.</summary>
/// <remarks>
/// Claim D5 for arrays (2406.12774v1, eq. 20, sharpened): n pulses of an element whose steps shrink by a share κ a pulse land within |step|·κ·n(n − 1)/2 of U, and a train of
/// n slots that fire with probability p within |step|·κ·p²·n(n − 1)/2 in the mean. Mean and deviation of linear elements far from their bounds are exact for independent slots;
/// others are computed by sending the train in double for every number of pulses, cycle noise to first order and as if it met no bound. What saturates or is rounded away in the circuit
/// is part of the distance. Columns and rows share bits, so elements are correlated; nothing here says how.
/// </remarks>
public sealed class PulseTrainError
{
    private PulseTrainError(int inputs, ElementError[] elements)
    {
        Inputs = inputs;
        Outputs = elements.Length / inputs;
        MeanField = [.. elements.Select(element => element.MeanField)];
        Mean = [.. elements.Select(element => element.Mean)];
        Deviation = [.. elements.Select(element => element.Deviation)];
        Bound = [.. elements.Select(element => element.Bound)];
        IsClosedForm = [.. elements.Select(element => element.IsClosedForm)];
    }

    /// <summary>Number of outputs: rows.</summary>
    public int Outputs { get; }

    /// <summary>Number of inputs: columns.</summary>
    public int Inputs { get; }

    /// <summary>U(w, Δ) within the bounds, row after row; unit of weight. A <see cref="ContinuousArray"/> of the same device and key lands there.</summary>
    public ImmutableArray<double> MeanField { get; }

    /// <summary>Mean of the weights after the pulses, row after row; unit of weight.</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>Standard deviation of the weights after the pulses, row after row; unit of weight.</summary>
    public ImmutableArray<double> Deviation { get; }

    /// <summary>Bound on |<see cref="Mean"/> − <see cref="MeanField"/>|, row after row: D5 where <see cref="IsClosedForm"/>, else the computed distance and its rounding.</summary>
    public ImmutableArray<double> Bound { get; }

    /// <summary>Whether an element's numbers are closed forms; else they are computed pulse by pulse.</summary>
    public ImmutableArray<bool> IsClosedForm { get; }

    /// <summary>The largest bound of all elements, unit of weight.</summary>
    public double LargestBound => Bound.Max();

    /// <summary>The largest deviation of all elements, unit of weight.</summary>
    public double LargestDeviation => Deviation.Max();

    /// <summary>√E(w − U)² of one element, unit of weight.</summary>
    /// <param name="output">i.</param>
    /// <param name="input">j.</param>
    /// <returns>Root of the mean square distance.</returns>
    public double RootMeanSquare(int output, int input)
    {
        Shapes.RequireIndex(output, Outputs, nameof(output));
        Shapes.RequireIndex(input, Inputs, nameof(input));
        int e = (output * Inputs) + input;
        double bias = Mean[e] - MeanField[e];
        return Math.Sqrt((bias * bias) + (Deviation[e] * Deviation[e]));
    }

    /// <summary>The distance of one update of one sample.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">Its weights before; stays as it is.</param>
    /// <param name="settings">Update circuit.</param>
    /// <param name="x">Inputs numbers.</param>
    /// <param name="d">Outputs numbers.</param>
    /// <param name="learningRate">Finite; weight per unit of d·x.</param>
    /// <returns>Distances of all elements.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or a number is not finite.</exception>
    public static PulseTrainError Of(
        PulsedArray array,
        ArrayState state,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(settings);
        Shapes.RequireState(array, state);
        Shapes.RequireLength(x.Length, array.Inputs, nameof(x));
        Shapes.RequireLength(d.Length, array.Outputs, nameof(d));
        Shapes.RequireBatch(array.Inputs, array.Outputs, x, d, learningRate);
        float granularity = (float)array.Device.PulseGranularity;
        PulsePlan plan =
            learningRate == 0.0
                ? default
                : PulsePlan.Of(
                    settings,
                    (float)Math.Abs(learningRate),
                    granularity,
                    Converter.LargestMagnitude(x),
                    Converter.LargestMagnitude(d)
                );
        Grid weights = state.Hidden ?? state.Weights;
        double[] parameters = new double[array.Elements.Parameters];
        ElementError[] errors = new ElementError[array.Outputs * array.Inputs];
        for (int i = 0; i < array.Outputs; i++)
        {
            for (int j = 0; j < array.Inputs; j++)
            {
                for (int k = 0; k < parameters.Length; k++)
                {
                    parameters[k] = array.Elements[k, i, j];
                }

                double wanted = -learningRate * d[i] * x[j] / array.Device.PulseGranularity;
                SentPulses sent = new(settings, plan, x[j], d[i], wanted, array.Device.PulseGranularity);
                ElementTrain train = new(parameters, array.Device.Noise, weights[i, j], sent);
                errors[(i * array.Inputs) + j] = array.Device.Accept<Scalar, ElementTrain, ElementError>(train);
            }
        }

        return new(array.Inputs, errors);
    }
}

/// <summary>Distance of one element.</summary>
internal readonly record struct ElementError(double MeanField, double Mean, double Deviation, double Bound, bool IsClosedForm);
