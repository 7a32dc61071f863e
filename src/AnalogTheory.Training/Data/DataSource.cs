using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace AnalogTheory.Training.Data;

/// <summary>A file that can be downloaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
internal sealed record RemoteFile(string Name, string Sha256);

/// <summary>Finds data sets: in a folder, in the folder that <c>ANALOG_THEORY_DATA</c> names, in the user's cache, or by download into it.</summary>
public static class DataSource
{
    /// <summary>Name of the environment variable that names the folder of data sets.</summary>
    public const string Variable = "ANALOG_THEORY_DATA";

    private static readonly string[] s_idxNames =
    [
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ];

    private static readonly Uri s_mnist = new("https://ossci-datasets.s3.amazonaws.com/mnist/");
    private static readonly Uri s_fashion = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
    private static readonly Uri s_cifar = new("https://www.cs.toronto.edu/~kriz/");

    private static readonly RemoteFile[] s_mnistFiles = Named(
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
    );

    private static readonly RemoteFile[] s_fashionFiles = Named(
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
    );

    private static readonly RemoteFile s_cifarFile = new(
        "cifar-10-binary.tar.gz",
        "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
    );

    /// <summary>Names that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mnist", "fashion-mnist", "cifar-10", "digits"];

    /// <summary>The folder of the user's cache in which downloads are kept.</summary>
    public static string Cache =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "cache"),
            "analog-theory"
        );

    /// <summary>Finds a data set and reads it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Folder to look in first; null for none.</param>
    /// <param name="mayDownload">Whether to download what is nowhere.</param>
    /// <param name="say">Told what is downloaded, and how far it is; null for silence.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">No data set has this name.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or corrupt; the message names it.</exception>
    /// <exception cref="FileNotFoundException">Nothing found; the message says what to put where.</exception>
    public static async Task<DataPair> LoadAsync(
        string name,
        string? folder = null,
        bool mayDownload = true,
        IProgress<string>? say = null,
        CancellationToken cancellation = default
    )
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"Expected one of {string.Join(", ", Names)}, got '{name}'.", nameof(name));
        }

        if (name == "digits")
        {
            return Digits.Standard;
        }

        string cache = Path.Combine(Cache, name);
        string[] places = [.. Places(name, folder), cache];
        if (places.FirstOrDefault(place => IsComplete(name, place)) is { } found)
        {
            return Read(name, found);
        }

        if (!mayDownload)
        {
            throw Missing(name, places, null);
        }

        try
        {
            await DownloadAsync(name, cache, say, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException offline)
        {
            throw Missing(name, places, offline);
        }

        return Read(name, cache);
    }

    /// <summary>Reads a data set from the folder that holds its files.</summary>
    /// <param name="name">One of <see cref="Names"/>, digits aside.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The data.</returns>
    public static DataPair Read(string name, string folder)
    {
        if (name == "cifar-10")
        {
            return new(
                name,
                Cifar10.Read([.. Cifar10.TrainFiles.Select(file => Path.Combine(folder, file))]),
                Cifar10.Read(Path.Combine(folder, Cifar10.TestFile))
            );
        }

        string[] paths = [.. s_idxNames.Select(file => FindIdx(folder, file) ?? Path.Combine(folder, file))];
        return new(name, IdxFile.Read(paths[0], paths[1]), IdxFile.Read(paths[2], paths[3]));
    }

    private static IEnumerable<string> Places(string name, string? folder)
    {
        foreach (string? root in new[] { folder, Environment.GetEnvironmentVariable(Variable) })
        {
            if (!string.IsNullOrEmpty(root))
            {
                yield return Path.Combine(root, name);
                yield return root;
                yield return Path.Combine(root, "cifar-10-batches-bin");
            }
        }
    }

    private static bool IsComplete(string name, string folder) =>
        name == "cifar-10"
            ? Cifar10.TrainFiles.Append(Cifar10.TestFile).All(file => File.Exists(Path.Combine(folder, file)))
            : IsOf(name, folder) && s_idxNames.All(file => FindIdx(folder, file) is not null);

    // MNIST and Fashion-MNIST have files of the same names: a folder that is named for the other is not taken.
    private static bool IsOf(string name, string folder) =>
        !Names.Where(other => other != name).Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)));

    private static string? FindIdx(string folder, string file) =>
        new[] { file, file + ".gz" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static RemoteFile[] Named(params string[] hashes) =>
        [.. s_idxNames.Zip(hashes, (name, hash) => new RemoteFile(name + ".gz", hash))];

    private static FileNotFoundException Missing(string name, IEnumerable<string> places, Exception? why)
    {
        string files =
            name == "cifar-10"
                ? $"data_batch_1.bin … data_batch_5.bin and {Cifar10.TestFile}"
                : $"{string.Join(", ", s_idxNames)} (plain or .gz)";
        string reason = why is null ? "" : $" The download failed: {why.Message}";
        return new(
            $"No data '{name}' found.{reason} Put {files} into one of these folders: {string.Join(", ", places.Distinct())}; or name another with --data or {Variable}. "
                + "'--data digits' needs no files.",
            why
        );
    }

    private static async Task DownloadAsync(string name, string folder, IProgress<string>? say, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using HttpClient client = new() { Timeout = TimeSpan.FromMinutes(30) };
        (Uri from, RemoteFile[] files) = name switch
        {
            "mnist" => (s_mnist, s_mnistFiles),
            "fashion-mnist" => (s_fashion, s_fashionFiles),
            _ => (s_cifar, [s_cifarFile]),
        };
        foreach (RemoteFile file in files)
        {
            await FetchAsync(client, new Uri(from, file.Name), Path.Combine(folder, file.Name), file.Sha256, say, cancellation)
                .ConfigureAwait(false);
        }

        if (name == "cifar-10")
        {
            await UnpackAsync(Path.Combine(folder, s_cifarFile.Name), folder, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Downloads a file; it appears whole and with the right hash, or not at all.</summary>
    internal static async Task FetchAsync(
        HttpClient client,
        Uri from,
        string path,
        string sha256,
        IProgress<string>? say,
        CancellationToken cancellation
    )
    {
        string beside = path + ".part";
        using (
            HttpResponseMessage answer = await client
                .GetAsync(from, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false)
        )
        {
            answer.EnsureSuccessStatusCode();
            long length = answer.Content.Headers.ContentLength ?? 0;
            await using Stream source = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using FileStream target = new(beside, FileMode.Create, FileAccess.Write);
            byte[] chunk = new byte[1 << 16];
            long done = 0;
            for (int read = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false); read > 0; )
            {
                await target.WriteAsync(chunk.AsMemory(0, read), cancellation).ConfigureAwait(false);
                done += read;
                say?.Report(FormattableString.Invariant($"{from}: {done >> 10} of {length >> 10} kB"));
                read = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false);
            }
        }

        await using (FileStream written = File.OpenRead(beside))
        {
            string got = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellation).ConfigureAwait(false));
            if (got != sha256)
            {
                written.Close();
                File.Delete(beside);
                throw new InvalidDataException($"{from}: expected a file with SHA-256 {sha256}, got {got}.");
            }
        }

        File.Move(beside, path, overwrite: true);
    }

    private static async Task UnpackAsync(string archive, string folder, CancellationToken cancellation)
    {
        await using FileStream file = File.OpenRead(archive);
        await using GZipStream plain = new(file, CompressionMode.Decompress);
        await using TarReader tar = new(plain);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
        {
            string name = Path.GetFileName(entry.Name);
            if (Cifar10.TrainFiles.Append(Cifar10.TestFile).Contains(name))
            {
                string path = Path.Combine(folder, name);
                await entry.ExtractToFileAsync(path + ".part", overwrite: true, cancellation).ConfigureAwait(false);
                File.Move(path + ".part", path, overwrite: true);
            }
        }
    }
}
