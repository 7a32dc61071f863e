/// Files that are whole or absent.
/// A file is written aside in its own folder, flushed, and moved over its name: a reader sees the old bytes or the new, never a part.
namespace AnalogTheory.Runs

open System
open System.Diagnostics
open System.Globalization
open System.IO
open System.Text

/// <summary>Writes a file in one step, as far as a reader can tell.</summary>
[<RequireQualifiedAccess>]
module AtomicFile =

    let private marker = ".being-written-"

    let private split (path: string) =
        match Path.GetDirectoryName(Path.GetFullPath path), Path.GetFileName path with
        | null, _
        | _, (null | "") -> invalidArg (nameof path) $"Expected a path of a file inside a folder, got '{path}'."
        | folder, name -> folder, name

    // Hosts share folders of clusters, and their numbers of processes mean nothing to each other.
    let private host =
        Environment.MachineName |> String.map (fun c -> if Char.IsAsciiLetterOrDigit c || c = '-' then c else '_')

    let private ownMark = marker + host + "-" + Environment.ProcessId.ToString CultureInfo.InvariantCulture

    // What a process of another host left is removed when nobody can still be writing it.
    let private isForgotten (aside: string) = File.GetLastWriteTimeUtc aside < DateTime.UtcNow.AddDays -1.0

    // A file that a living process writes is its own; its name ends with the host and the number of that process.
    let private isStale (aside: string) =
        let writer = aside.Substring(aside.LastIndexOf(marker, StringComparison.Ordinal) + marker.Length)
        let number = writer.Substring(writer.LastIndexOf '-' + 1)

        if writer <> number && writer <> host + "-" + number then
            isForgotten aside
        else
            match Int32.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, id when id = Environment.ProcessId -> false
            | true, id ->
                try
                    use living = Process.GetProcessById id
                    living.HasExited
                with
                | :? ArgumentException
                | :? InvalidOperationException -> true
                | :? ComponentModel.Win32Exception -> false
            | _ -> false

    let private clean (folder: string) (pattern: string) =
        if Directory.Exists folder then
            for stale in Directory.EnumerateFiles(folder, pattern) |> Seq.filter isStale do
                File.Delete stale

    /// <summary>Removes what a process that ended while it wrote this same file left behind.</summary>
    /// <param name="path">The final path, not that of a temporary.</param>
    let cleanStale (path: string) =
        let folder, name = split path
        clean folder (name + marker + "*")

    /// <summary>Removes what processes that ended while they wrote left in a folder.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    let cleanFolder (folder: string) = clean folder ("*" + marker + "*")

    /// <summary>Writes a file by a function of its stream; an exception in it leaves the old file as it was.</summary>
    /// <param name="path">The final path; its folder is created when absent.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="T:System.IO.IOException">It cannot be written; the message names the final path.</exception>
    let writeWith (path: string) (write: Stream -> unit) =
        let folder, name = split path
        Directory.CreateDirectory folder |> ignore
        cleanStale path
        let aside = Path.Combine(folder, name + ownMark)

        try
            do
                use stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None)
                write stream
                stream.Flush true

            File.Move(aside, path, overwrite = true)
        with refused ->
            try
                File.Delete aside
            with
            | :? IOException
            | :? UnauthorizedAccessException -> ()

            match refused with
            | :? IOException
            | :? UnauthorizedAccessException -> raise (IOException(refused.Message.Replace(aside, path), refused))
            // What .NET says of a file system, or of a limit of the process, that ends before the file; at the latest when the stream is flushed.
            | :? ArgumentOutOfRangeException -> raise (IOException($"{path} is larger than a file may be here.", refused))
            | _ -> reraise ()

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Path of the file; its folder is made when absent.</param>
    /// <param name="bytes">The whole content.</param>
    let writeBytes (path: string) (bytes: byte[]) = writeWith path (fun stream -> stream.Write(bytes, 0, bytes.Length))

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">Path of the file; its folder is made when absent.</param>
    /// <param name="text">The whole content.</param>
    let writeText (path: string) (text: string) = writeBytes path (UTF8Encoding(false).GetBytes text)
