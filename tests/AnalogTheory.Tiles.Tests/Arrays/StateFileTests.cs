using System;
using System.IO;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Arrays;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tiles").FullName;

    private string Place => Path.Combine(_folder, "array.tile");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_loaded_state_goes_on_as_the_saved_one()
    {
        PulsedArray array = new(new SoftBoundsReferenceDevice { WriteNoise = 2.0 }, 5, 7, deviceKey: 2);
        ArrayState saved = Moved(array);
        StateFile.Save(Place, saved);
        StateFile.Save(Place, saved);
        ArrayState loaded = StateFile.Load(Place);
        Assert.Equal(saved.ToArray(), loaded.ToArray());
        float[] x = [1f, -1f, 0.5f, 0f, 1f, 1f, -0.5f];
        float[] d = [1f, -1f, 0.5f, 0f, 1f];
        array.Update(saved, 4, UpdateSettings.Default, x, d, 0.01);
        array.Update(loaded, 4, UpdateSettings.Default, x, d, 0.01);
        Assert.Equal(saved.ToArray(), loaded.ToArray());
        Assert.Equal(saved.Hidden!.Values.ToArray(), loaded.Hidden!.Values.ToArray());
        Assert.Equal(["array.tile"], Array.ConvertAll(Directory.GetFiles(_folder), file => Path.GetFileName(file)!));
    }

    [Fact]
    public void What_is_no_whole_file_of_this_version_is_refused_by_name()
    {
        PulsedArray array = new(new SoftBoundsDevice(), 5, 7, deviceKey: 2);
        StateFile.Save(Place, Moved(array));
        byte[] bytes = File.ReadAllBytes(Place);
        for (int length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length], length < 8 ? "no saved array" : "cut short");
        }

        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            Refused(
                changed,
                at < 8 ? "no saved array"
                    : at < 12 ? "version"
                    : ""
            );
        }

        Refused([.. bytes, 0], "checksum");
    }

    private static ArrayState Moved(PulsedArray array)
    {
        ArrayState state = array.Init();
        array.Update(state, 3, UpdateSettings.Default, [1f, -1f, 0.5f, 0f, 1f, 1f, -0.5f], [1f, -1f, 0.5f, 0f, 1f], 0.1);
        return state;
    }

    private void Refused(byte[] bytes, string reason)
    {
        File.WriteAllBytes(Place, bytes);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => StateFile.Load(Place));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Place, refusal.Message, StringComparison.Ordinal);
    }
}
