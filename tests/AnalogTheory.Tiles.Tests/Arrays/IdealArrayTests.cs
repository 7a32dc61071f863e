using System;
using AnalogTheory.Tiles.Arrays;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Arrays;

public class IdealArrayTests
{
    private static readonly float[] s_x = [1f, 0f, -2f, 0.5f];
    private static readonly float[] s_d = [0.5f, -0.25f, 1f];

    [Fact]
    public void An_update_is_the_outer_product()
    {
        IdealArray array = new(3, 4);
        ArrayState state = array.Init();
        array.Update(state, 1, UpdateSettings.Default, s_x, s_d, 0.5);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(-0.5f * s_d[i] * s_x[j], state.Weights[i, j]);
            }
        }
    }

    [Fact]
    public void A_column_is_a_one_hot_update()
    {
        IdealArray array = new(3, 4);
        ArrayState state = array.Init();
        (ArrayState one, _) = array.ColumnUpdated(state, 1, UpdateSettings.Default, 2, s_d, 0.5);
        (ArrayState other, _) = array.Updated(state, 1, UpdateSettings.Default, [0f, 0f, 1f, 0f], s_d, 0.5);
        Assert.Equal(other.ToArray(), one.ToArray());
        Assert.Equal(new float[12], state.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        IdealArray array = new(3, 4);
        ArrayState state = array.Init();
        Assert.Equal("d", Assert.Throws<ArgumentException>(() => array.Update(state, 1, UpdateSettings.Default, s_x, s_x, 0.5)).ParamName);
        Assert.Equal("state", Assert.Throws<ArgumentException>(() => array.Relax(new IdealArray(4, 3).Init(), 1)).ParamName);
        Assert.Equal("outputs", Assert.Throws<ArgumentOutOfRangeException>(() => new IdealArray(0, 3)).ParamName);
        Assert.Equal("BitLength", Assert.Throws<ArgumentOutOfRangeException>(() => new UpdateSettings { BitLength = 0 }).ParamName);
    }
}
