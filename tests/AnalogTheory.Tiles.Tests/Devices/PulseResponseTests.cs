using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>The response to a thousand pulses up and a thousand down, without noise, as AIHWKIT has it.</summary>
public class PulseResponseTests
{
    public static TheoryData<string> Files => ReferenceFile.Named("pulse_response_*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void An_element_responds_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        bool isDouble = name.EndsWith("_double.csv", StringComparison.Ordinal);
        DeviceSettings device = Device(file, isDouble);
        Assert.Equal(file.Number("weight_granularity"), device.PulseGranularity, 1e-7 * device.PulseGranularity);
        double[] weights = InDouble(device, file.Rows);
        double unit = isDouble ? Math.Pow(2.0, -53) : Math.Pow(2.0, -24);

        // Powers and exponentials are single precision in the kit's double build too: each step may be off by a float's rounding.
        double ofStep = isDouble && device is PowerStepDevice or ExponentialStepDevice ? device.Granularity * Math.Pow(2.0, -24) : 0.0;
        AllNear(file, weights, unit, ofStep, isDouble ? 1e-16 : 1e-9);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_array_responds_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        PulsedArray array = new(Device(file), 2, 18, deviceKey: 1);
        ArrayState state = array.Init();
        double[] weights = new double[file.Rows];
        float[] x = new float[18];
        Array.Fill(x, 1.0f);
        UpdateSettings onePulse = new() { Type = PulseType.DeterministicImplicit, BitLength = 1 };
        for (int k = 1; k < weights.Length; k++)
        {
            float up = k <= 1000 ? -1.0f : 1.0f;
            UpdateInfo info = array.Update(state, 1, onePulse, x, [up, up], array.Granularity);
            Assert.Equal(new UpdateInfo(1, 36), info);
            weights[k] = state.Weights[1, 17];
        }

        Assert.Equal(state.Weights[0, 0], state.Weights[1, 17]);
        AllNear(file, weights, Math.Pow(2.0, -24), 0.0, 1e-9);
    }

    private static DeviceSettings Device(ReferenceFile file, bool inDouble = false) =>
        KitDevice.With(KitDevice.Named(file.Name), ReferenceFile.Parameters(file.Header), inDouble).WithoutSpread() with
        {
            CycleNoise = 0.0,
        };

    // Each pulse rounds a few times, by half a unit of the weight's size or of the step's.
    private static void AllNear(ReferenceFile file, double[] weights, double unit, double ofStep, double printed)
    {
        for (int k = 0; k < weights.Length; k++)
        {
            Assert.Equal(k, file.Number(k, "pulse_index"));
            double expected = file.Number(k, "w");
            double tolerance = ((k + 1) * ((4.0 * unit * 0.7) + ofStep)) + printed;
            double share = Agreement.OfRounding("pulse_response", file.Name, (weights[k] - expected) / tolerance);
            Assert.True(Math.Abs(share) <= 1.0, $"{file.Name}, pulse {k}: expected {expected:R}, got {weights[k]:R}.");
        }
    }

    private static double[] InDouble(DeviceSettings device, int count)
    {
        ElementDraws draws = ElementDraws.Of(device, 1, 1, 1);
        double[] parameters = Array.ConvertAll(draws.Values, values => values[0]);
        return device.Accept<Scalar, Trace, double[]>(new Trace(parameters, count));
    }

    private readonly struct Trace(double[] parameters, int count) : IElementVisitor<Scalar, double[]>
    {
        public double[] VisitLinear<TMaker>(TMaker maker)
            where TMaker : struct, ILinearMaker<Scalar> => Visit<TMaker, Stepped<LinearStep<Scalar>, Scalar>>(maker);

        public double[] Visit<TMaker, TLaw>(TMaker maker)
            where TMaker : struct, ILawMaker<Scalar, TLaw>
            where TLaw : struct, IResponseLaw<Scalar>
        {
            ScalarParameters at = new(parameters);
            TLaw law = maker.Make(at);
            double[] weights = new double[count];
            Scalar w = Scalar.Zero;
            for (int k = 1; k < count; k++)
            {
                Scalar step = Pulse.Step(law, w, new Scalar(k <= 1000 ? 1.0 : -1.0));
                w = Pulse.Land(w, step, Scalar.Zero, Scalar.Zero, at.At(Parameter.Lower), at.At(Parameter.Upper));
                weights[k] = w.Value;
            }

            return weights;
        }
    }
}
