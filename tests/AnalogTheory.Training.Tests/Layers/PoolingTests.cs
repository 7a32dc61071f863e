using AnalogTheory.Training.Layers;
using Xunit;

namespace AnalogTheory.Training.Tests.Layers;

public class PoolingTests
{
    [Theory]
    [InlineData(false, new[] { 9f, 4f, 8f, -1f })]
    [InlineData(true, new[] { 4f, 2.5f, 2f, -4f })]
    public void A_square_becomes_its_largest_pixel_or_its_mean(bool takesMean, float[] expected)
    {
        float[] lines = [1f, 9f, 2f, 2f, 3f, 3f, 2f, 4f, 8f, 0f, -5f, -1f, 0f, 0f, -3f, -7f];
        float[] image = [.. lines, 99f, 99f, 99f, 99f];
        float[] pooled = new float[4];
        Layer layer = new Pooling(2, takesMean).Build(new Shape(1, 5, 4), 1);
        layer.Forward(layer.Init(), 1, image, pooled, []);
        Assert.Equal(expected, pooled);
    }
}
