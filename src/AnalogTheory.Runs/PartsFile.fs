/// The finished parts of a long run, kept in one file until the whole result stands.
namespace AnalogTheory.Runs

open System
open System.Collections.Generic
open System.IO
open System.Security.Cryptography
open System.Text

/// <summary>A file of finished parts belongs to another run, or to another version of the program.</summary>
type OtherRunException
    /// <summary>Says which file.</summary>
    /// <param name="message">A sentence that names the file.</param>
    (message: string) =
    inherit IOException(message)

/// <summary>Parts of a run, each added as it is finished, so that a run that was stopped or killed continues where it was.</summary>
/// <remarks>
/// A part stands there with its length before it and a hash behind it: what a killed process or a full disk left half-written at the end is
/// dropped when the file is read. The file grows with the parts and has no limit but the disk's. One thread at a time adds.
/// </remarks>
[<Sealed>]
type PartsFile
    /// <summary>Names the file; nothing is read or written yet.</summary>
    /// <param name="path">Path of the file; its folder exists when the first part is added.</param>
    /// <param name="fingerprint">Hash of all that decides the result, from <c>Fingerprint.ofInputs</c>.</param>
    (path: string, fingerprint: string) =

    let hashLength = 32
    let head = Encoding.ASCII.GetBytes $"analog-theory parts 1 {fingerprint}\n"
    let mutable stream: FileStream option = None

    let close () =
        stream |> Option.iter _.Dispose()
        stream <- None

    // The next whole part, if there is one.
    let next (file: FileStream) =
        let length = Array.zeroCreate<byte> sizeof<int64>
        let left = file.Length - file.Position - int64 length.Length - int64 hashLength

        if left < 0L || file.ReadAtLeast(Span<byte>(length), length.Length, throwOnEndOfStream = false) < length.Length then
            None
        else
            let size = BitConverter.ToInt64(length, 0)

            if size < 0L || size > left || size > int64 Array.MaxLength then
                None
            else
                let bytes = Array.zeroCreate<byte>(int size)
                let hash = Array.zeroCreate<byte> hashLength
                file.ReadExactly(Span<byte> bytes)
                file.ReadExactly(Span<byte> hash)
                if SHA256.HashData bytes = hash then Some bytes else None

    // The whole parts, and the length of the file up to the last of them.
    let read (file: FileStream) =
        let found = Array.zeroCreate<byte> head.Length
        let length = file.ReadAtLeast(Span<byte> found, found.Length, throwOnEndOfStream = false)

        if not (ReadOnlySpan<byte>(head).StartsWith(ReadOnlySpan<byte>(found, 0, length))) then
            raise (OtherRunException $"{path} holds the parts of another run.")

        let parts = List<byte[]>()
        let mutable whole = if length < head.Length then 0L else file.Position
        let mutable isOpen = length = head.Length

        while isOpen do
            match next file with
            | Some part ->
                parts.Add part
                whole <- file.Position
            | None -> isOpen <- false

        parts :> IReadOnlyList<byte[]>, whole

    let none = [||] :> IReadOnlyList<byte[]>

    /// <summary>Path of the file.</summary>
    member _.Path: string = path

    /// <summary>The parts that an earlier run of the same fingerprint finished, in the order in which they were added.</summary>
    /// <returns>Each part's bytes; none if there is no file.</returns>
    /// <exception cref="T:AnalogTheory.Runs.OtherRunException">The file has another fingerprint.</exception>
    /// <exception cref="T:System.IO.IOException">It cannot be read.</exception>
    member _.Load() : IReadOnlyList<byte[]> =
        if not (File.Exists path) then
            none
        else
            use file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 <<< 16)
            let parts, whole = read file
            file.SetLength whole
            parts

    /// <summary>The parts that stand there now, while another process may be adding more; the file stays as it is.</summary>
    /// <returns>Each part's bytes; none if there is no file.</returns>
    /// <exception cref="T:AnalogTheory.Runs.OtherRunException">The file has another fingerprint.</exception>
    /// <exception cref="T:System.IO.IOException">It cannot be read.</exception>
    member _.Peek() : IReadOnlyList<byte[]> =
        try
            let sharing = FileShare.ReadWrite ||| FileShare.Delete
            use file = new FileStream(path, FileMode.Open, FileAccess.Read, sharing, 1 <<< 16)
            fst (read file)
        with
        // A run that ends removes it.
        | :? FileNotFoundException
        | :? DirectoryNotFoundException -> none

    /// <summary>Adds a finished part.</summary>
    /// <param name="part">Its bytes.</param>
    /// <exception cref="T:System.IO.IOException">It cannot be written; what stood there before stays readable.</exception>
    member _.Add(part: byte[]) : unit =
        let file =
            match stream with
            | Some file -> file
            | None ->
                let file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0)
                stream <- Some file
                if file.Position = 0L then file.Write(ReadOnlySpan<byte> head)
                file

        try
            file.Write(ReadOnlySpan<byte>(BitConverter.GetBytes(int64 part.Length)))
            file.Write(ReadOnlySpan<byte> part)
            file.Write(ReadOnlySpan<byte>(SHA256.HashData part))
        with :? ArgumentOutOfRangeException as large ->
            // What .NET says of a file system, or of a limit of the process, that ends before the file.
            raise (IOException($"{path} is larger than a file may be here.", large))

    /// <summary>Removes the file, once the whole result stands.</summary>
    member _.Clear() : unit =
        close ()
        File.Delete path

    interface IDisposable with
        /// <summary>Closes the file; the parts stay.</summary>
        member _.Dispose() = close ()
