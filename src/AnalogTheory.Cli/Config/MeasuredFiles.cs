using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AnalogTheory.Cli.Config;

/// <summary>Measured devices are known by the content of their files, wherever a config or an axis of a sweep names them.</summary>
internal static class MeasuredFiles
{
    /// <summary>Names and hashes of the files of all measured devices in a config; of files that are there.</summary>
    /// <param name="node">The config or a part of it.</param>
    /// <param name="folder">Folder that paths in it start from.</param>
    internal static IEnumerable<KeyValuePair<string, string>> Hashes(JsonNode? node, string folder) =>
        node switch
        {
            JsonObject device when device["kind"] is JsonValue kind && kind.ToString() == "measured" && device["file"] is JsonValue path =>
                Hash(path.ToString(), folder),
            JsonObject group => group.SelectMany(one => Hashes(one.Value, folder)),
            JsonArray list => list.SelectMany(one => Hashes(one, folder)),
            _ => [],
        };

    private static IEnumerable<KeyValuePair<string, string>> Hash(string name, string folder) =>
        Path.GetFullPath(name, folder) is var path && File.Exists(path)
            ? [KeyValuePair.Create(name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))]
            : [];
}
