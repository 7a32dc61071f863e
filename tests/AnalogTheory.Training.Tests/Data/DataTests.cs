using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using Xunit;

namespace AnalogTheory.Training.Tests.Data;

public class DataTests
{
    private static readonly DataSet s_set = Digits.Draw(20, 7);

    [Fact]
    public void Idx_files_are_read_plain_and_gzipped()
    {
        using TemporaryFolder folder = Written();
        Same(s_set, IdxFile.Read(folder["images"], folder["labels"]));
        Zip(folder["images"]);
        Same(s_set, IdxFile.Read(folder["images.gz"], folder["labels"]));
    }

    [Theory]
    [InlineData("images", 3, "is truncated: it has 3 bytes")]
    [InlineData("images", 1000, "is truncated: expected 15696 bytes, got 1000")]
    [InlineData("labels", 15, "is truncated: expected 28 bytes, got 15")]
    public void A_truncated_file_is_refused_by_name(string file, int length, string message)
    {
        using TemporaryFolder folder = Written();
        File.WriteAllBytes(folder[file], File.ReadAllBytes(folder[file])[..length]);
        AssertRefused(folder, file, message);
    }

    [Theory]
    [InlineData("images", 3, 1, "expected an IDX file of images, which begins with 0x00000803, got 0x00000801")]
    [InlineData("labels", 10, 10, "expected labels below 10, got 10 at image 2")]
    [InlineData("labels", 7, 19, "has more than its header tells")]
    [InlineData("images", 7, 0, "expected at least one of images, got 0")]
    [InlineData("images", 11, 0, "expected images of 1 … 4096 rows and columns, got 0 × 28")]
    public void A_corrupt_file_is_refused_by_name(string file, int at, byte value, string message)
    {
        using TemporaryFolder folder = Written();
        byte[] bytes = File.ReadAllBytes(folder[file]);
        bytes[at] = value;
        File.WriteAllBytes(folder[file], bytes);
        AssertRefused(folder, file, message);
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused_by_name()
    {
        using TemporaryFolder folder = Written();
        Zip(folder["images"]);
        byte[] bytes = File.ReadAllBytes(folder["images.gz"]);
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(folder["images"], bytes);
        Assert.Contains(folder["images"], Assert.Throws<InvalidDataException>(() => Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_labels_as_images_are_expected()
    {
        using TemporaryFolder folder = Written();
        IdxFile.Write(s_set.First(19), folder["fewer"], folder["labels"]);
        AssertRefused(folder, "labels", "expected 20 labels");
    }

    [Fact]
    public void Cifar_is_read_and_its_faults_are_told()
    {
        using TemporaryFolder folder = new();
        byte[] records = [.. Enumerable.Range(0, 2 * 3073).Select(n => (byte)(n % 251))];
        (records[0], records[3073]) = (9, 4);
        File.WriteAllBytes(folder["a.bin"], records);
        DataSet set = Cifar10.Read(folder["a.bin"]);
        Assert.Equal(new Shape(3, 32, 32), set.Shape);
        Assert.Equal([9, 4], set.Labels.ToArray());
        Assert.Equal(records[3074], set.Pixels[3072]);
        records[3073] = 11;
        File.WriteAllBytes(folder["a.bin"], records);
        Assert.Contains(
            "got 11 at image 1",
            Assert.Throws<InvalidDataException>(() => Cifar10.Read(folder["a.bin"])).Message,
            StringComparison.Ordinal
        );
        File.WriteAllBytes(folder["a.bin"], records[..4000]);
        Assert.Contains(
            "got 4000 bytes",
            Assert.Throws<InvalidDataException>(() => Cifar10.Read(folder["a.bin"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Digits_are_drawn_alike_everywhere_and_every_class_as_often()
    {
        DataSet set = Digits.Draw(200, 1);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(20, set.Labels.ToArray().Count(label => label == digit)));
        Assert.Equal("107186a9c01ef811", Convert.ToHexStringLower(SHA256.HashData(set.Pixels))[..16]);
        double mean = set.Pixels.ToArray().Average(pixel => pixel / 255.0);
        Assert.InRange(mean, 0.05, 0.3);
    }

    [Fact]
    public async Task Data_are_found_in_the_folder_given_or_in_the_one_named_for_them()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["mnist"]);
        Place(folder["mnist"]);
        DataPair pair = await DataSource.LoadAsync(
            "mnist",
            folder.Path,
            mayDownload: false,
            cancellation: TestContext.Current.CancellationToken
        );
        Same(s_set, pair.Train);
        Same(
            s_set,
            (
                await DataSource.LoadAsync(
                    "mnist",
                    folder["mnist"],
                    mayDownload: false,
                    cancellation: TestContext.Current.CancellationToken
                )
            ).Test
        );

        // Files of the same names in a folder named for other data are not taken for these.
        FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(() =>
            DataSource.LoadAsync("fashion-mnist", folder["mnist"], mayDownload: false, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Contains(Path.Combine(folder["mnist"], "fashion-mnist"), missing.Message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_data_are_refused_by_name() =>
        Assert.Contains(
            "got 'imagenet'",
            (
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    DataSource.LoadAsync("imagenet", cancellation: TestContext.Current.CancellationToken)
                )
            ).Message,
            StringComparison.Ordinal
        );

    private static void AssertRefused(TemporaryFolder folder, string file, string message)
    {
        string said = Assert.Throws<InvalidDataException>(() => Read(folder)).Message;
        Assert.Contains(folder[file], said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    private static DataSet Read(TemporaryFolder folder) => IdxFile.Read(folder["images"], folder["labels"]);

    private static TemporaryFolder Written()
    {
        TemporaryFolder folder = new();
        IdxFile.Write(s_set, folder["images"], folder["labels"]);
        return folder;
    }

    private static void Place(string folder)
    {
        foreach (string part in (string[])["train", "t10k"])
        {
            IdxFile.Write(s_set, Path.Combine(folder, $"{part}-images-idx3-ubyte"), Path.Combine(folder, $"{part}-labels-idx1-ubyte"));
        }
    }

    private static void Zip(string path)
    {
        using FileStream to = File.Create(path + ".gz");
        using GZipStream zip = new(to, CompressionLevel.Optimal);
        zip.Write(File.ReadAllBytes(path));
    }

    private static void Same(DataSet a, DataSet b)
    {
        Assert.Equal(a.Shape, b.Shape);
        Assert.Equal(a.Pixels.ToArray(), b.Pixels.ToArray());
        Assert.Equal(a.Labels.ToArray(), b.Labels.ToArray());
    }
}
