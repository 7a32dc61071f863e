/// Files that are whole or absent.
/// A file is written aside in its own folder, flushed, and moved over its name: a reader sees the old bytes or the new, never a part.
namespace AnalogTheory.Figures

open System
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

    /// <summary>Removes what an interrupted write of this same file left behind.</summary>
    /// <param name="path">The final path, not that of a temporary.</param>
    let cleanStale (path: string) =
        let folder, name = split path

        if Directory.Exists folder then
            for stale in Directory.EnumerateFiles(folder, name + marker + "*") do
                File.Delete stale

    /// <summary>Removes what interrupted writes of any file left in a folder; for a folder that nobody else writes to.</summary>
    let cleanFolder (folder: string) =
        if Directory.Exists folder then
            for stale in Directory.EnumerateFiles(folder, "*" + marker + "*") do
                File.Delete stale

    /// <summary>Writes a file by a function of its stream; an exception in it leaves the old file as it was.</summary>
    /// <param name="path">The final path; its folder is created when absent.</param>
    /// <param name="write">Writes the whole content.</param>
    let writeWith (path: string) (write: Stream -> unit) =
        let folder, name = split path
        Directory.CreateDirectory folder |> ignore
        cleanStale path
        let aside = Path.Combine(folder, name + marker + string Environment.ProcessId)

        try
            do
                use stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None)
                write stream
                stream.Flush true

            File.Move(aside, path, overwrite = true)
        with _ ->
            File.Delete aside
            reraise ()

    /// <summary>Writes bytes.</summary>
    let writeBytes (path: string) (bytes: byte[]) =
        writeWith path (fun stream -> stream.Write(bytes, 0, bytes.Length))

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    let writeText (path: string) (text: string) =
        writeBytes path (UTF8Encoding(false).GetBytes text)
