using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>Files of shards that are truncated, corrupt, foreign or of another version.</summary>
public class DamageTests
{
    [Theory]
    [InlineData("truncate", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("flip", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("delete", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("foreign", "manifest.json is foreign: expected the manifest of a shard, got that of 'simulate'")]
    [InlineData("no manifest", "manifest.json is damaged")]
    [InlineData("other version", "manifest.json is of another sweep or version: version 2 (commit def) wrote it")]
    [InlineData("other journal", "unfinished.parts is of another sweep or version")]
    public async Task What_is_damaged_or_foreign_is_refused_by_name(string harm, string message)
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("harmed");
        await Sandbox.Run(folder, CellSelection.Shard(0, 2));
        await Sandbox.Run(folder, CellSelection.Shard(1, 2));
        string shard = box.Path("harmed/shards/shard-1-of-2");
        string table = Path.Combine(shard, "cells.parquet");
        string manifest = Path.Combine(shard, "manifest.json");
        byte[] bytes = await File.ReadAllBytesAsync(table, TestContext.Current.CancellationToken);
        switch (harm)
        {
            case "truncate":
                await File.WriteAllBytesAsync(table, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
                break;
            case "flip":
                bytes[bytes.Length / 3] ^= 16;
                await File.WriteAllBytesAsync(table, bytes, TestContext.Current.CancellationToken);
                break;
            case "delete":
                File.Delete(table);
                break;
            case "foreign":
                Change(manifest, "\"sweep shard\"", "\"simulate\"");
                break;
            case "no manifest":
                await File.WriteAllTextAsync(manifest, "{", TestContext.Current.CancellationToken);
                break;
            case "other version":
                Change(manifest, "\"print\"", "\"another print\"");
                Change(manifest, "\"version\": \"1\"", "\"version\": \"2\"");
                Change(manifest, "\"abc\"", "\"def\"");
                break;
            default:
                Directory.Delete(shard, recursive: true);
                Directory.CreateDirectory(shard);
                using (PartsFile other = new(Path.Combine(shard, "unfinished.parts"), "another print"))
                {
                    other.Add([0]);
                }

                break;
        }

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => SweepMerge.WriteAsync(folder));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains(shard, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(box.Path("harmed/result.csv")));
        // Status goes on and names it; another shard's run will not build on it either.
        Assert.Contains(
            (await SweepStatus.OfAsync(folder)).Shards,
            status => status.Damage?.Contains(message, StringComparison.Ordinal) == true
        );
        await Assert.ThrowsAsync<InvalidDataException>(() => Sandbox.Run(folder, CellSelection.All));
    }

    private static void Change(string path, string from, string to)
    {
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
