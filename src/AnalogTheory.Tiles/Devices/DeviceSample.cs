using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Some elements of a device, looked at one by one: steps, bounds, symmetric points and noiseless responses, in double. For plots and tables.</summary>
/// <remarks>Element e is the e-th of an array of one column that is drawn from the same key. Noise from pulse to pulse and of writing is left out.</remarks>
public sealed class DeviceSample
{
    private readonly DeviceSettings _device;
    private readonly double[][] _values;

    /// <summary>Draws elements.</summary>
    /// <param name="device">Kind of device, and how much elements differ.</param>
    /// <param name="elements">Number of elements, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which they are drawn.</param>
    /// <exception cref="ArgumentException">The device's numbers describe no device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one element.</exception>
    public DeviceSample(DeviceSettings device, int elements, ulong deviceKey)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(elements);
        _device = device;
        ElementDraws draws = ElementDraws.Of(device, elements, 1, deviceKey);
        _values = new double[elements][];
        for (int e = 0; e < elements; e++)
        {
            double[] values = new double[draws.Values.Length];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = draws.Values[k][e];
            }

            _values[e] = values;
        }
    }

    /// <summary>Number of elements.</summary>
    public int Count => _values.Length;

    /// <summary>Least weight of an element, unit of weight.</summary>
    /// <param name="element">0 … Count − 1.</param>
    public double Lower(int element) => _values[element][Parameter.Lower];

    /// <summary>Largest weight of an element, unit of weight.</summary>
    /// <param name="element">0 … Count − 1.</param>
    public double Upper(int element) => _values[element][Parameter.Upper];

    /// <summary>Whether an element does not move at all.</summary>
    /// <param name="element">0 … Count − 1.</param>
    public bool IsStuck(int element) => _values[element][Parameter.StepUp] == 0.0 && _values[element][Parameter.StepDown] == 0.0;

    /// <summary>q₊: the step of a pulse up in units of <see cref="DeviceSettings.PulseGranularity"/>, before the bound cuts it; NaN outside of the element's bounds.</summary>
    /// <param name="element">0 … Count − 1.</param>
    /// <param name="weight">Visible weight.</param>
    public double Up(int element, double weight) =>
        Holds(element, weight) ? StepUp(element, weight) / _device.PulseGranularity : double.NaN;

    /// <summary>q₋: the step of a pulse down, positive, in units of <see cref="DeviceSettings.PulseGranularity"/>; NaN outside of the element's bounds.</summary>
    /// <param name="element">0 … Count − 1.</param>
    /// <param name="weight">Visible weight.</param>
    public double Down(int element, double weight) =>
        Holds(element, weight) ? StepDown(element, weight) / _device.PulseGranularity : double.NaN;

    /// <summary>w⋄, where a pulse up and one down are equally large, unit of weight; NaN where an element has none, or more than its whole range.</summary>
    /// <param name="element">0 … Count − 1.</param>
    public double SymmetricPoint(int element)
    {
        (double low, double high) = (Lower(element), Upper(element));
        if (!(Difference(low) < 0.0) || !(Difference(high) > 0.0))
        {
            return double.NaN;
        }

        for (int halving = 0; halving < 60; halving++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Difference(middle) < 0.0 ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);

        double Difference(double weight) => StepDown(element, weight) - StepUp(element, weight);
    }

    /// <summary>Weights of an element while pulses arrive, without noise.</summary>
    /// <param name="element">0 … Count − 1.</param>
    /// <param name="start">Weight before the first pulse, put within the bounds.</param>
    /// <param name="up">Number of pulses up, sent first.</param>
    /// <param name="down">Number of pulses down, sent then.</param>
    /// <returns>up + down + 1 weights, the start first.</returns>
    public double[] Response(int element, double start, int up, int down)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(up);
        ArgumentOutOfRangeException.ThrowIfNegative(down);
        double[] weights = new double[up + down + 1];
        double w = Math.Clamp(start, Lower(element), Upper(element));
        weights[0] = w;
        for (int pulse = 1; pulse < weights.Length; pulse++)
        {
            double step = pulse <= up ? StepUp(element, w) : -StepDown(element, w);
            w = Pulse.Land<Scalar>(new(w), new(step), new(Lower(element)), new(Upper(element))).Value;
            weights[pulse] = w;
        }

        return weights;
    }

    private bool Holds(int element, double weight) => weight >= Lower(element) && weight <= Upper(element);

    private double StepUp(int element, double weight) => Step(element, weight, 1.0);

    private double StepDown(int element, double weight) => -Step(element, weight, -1.0);

    private double Step(int element, double weight, double direction) =>
        _device.Accept<Scalar, OneStep, double>(new(_values[element], weight, direction));

    /// <summary>The step of one pulse, by the law that the array computes with.</summary>
    private readonly struct OneStep(double[] values, double weight, double direction) : IElementVisitor<Scalar, double>
    {
        private readonly double[] _values = values;

        public double VisitLinear<TMaker>(TMaker maker)
            where TMaker : struct, ILinearMaker<Scalar> => Visit<TMaker, Stepped<LinearStep<Scalar>, Scalar>>(maker);

        public double Visit<TMaker, TLaw>(TMaker maker)
            where TMaker : struct, ILawMaker<Scalar, TLaw>
            where TLaw : struct, IResponseLaw<Scalar>
        {
            TLaw law = maker.Make(new ScalarParameters(_values));
            return Pulse.Step(law, new Scalar(weight), new Scalar(direction)).Value;
        }
    }
}
