using System;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>A training on arrays allocates nothing once its buffers have their size, whatever the algorithm.</summary>
public class AllocationTests
{
    private const int Warm = 40;
    private const int Steps = 40;
    private const int Samples = 2;

    public static TheoryData<string> Names => Catalogue.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_training_allocates_nothing(string name)
    {
        ulong deviceKey = 1;
        IArrayAlgorithm algorithm = Catalogue.Make(
            name,
            () =>
                new PulsedArray(new SoftBoundsReferenceDevice { Granularity = 0.01 }, Catalogue.Outputs, Catalogue.Inputs, ++deviceKey)
                {
                    ForwardPeriphery = PeripherySettings.Default,
                    BackwardPeriphery = PeripherySettings.Default,
                    TransferPeriphery = PeripherySettings.Default,
                }
        );
        AlgorithmState state = algorithm.Init();
        (float[] x, float[] d) = Catalogue.Batch(1, Samples);
        float[] y = new float[d.Length];
        float[] back = new float[x.Length];
        long before = 0;
        for (int step = 0; step < Warm + Steps; step++)
        {
            before = step == Warm ? GC.GetAllocatedBytesForCurrentThread() : before;
            algorithm.Forward(state, (ulong)step, x, y);
            algorithm.Backward(state, (ulong)step, d, back);
            algorithm.Update(state, (ulong)step, x, d, 0.05);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
