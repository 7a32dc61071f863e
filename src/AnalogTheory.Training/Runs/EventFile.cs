using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Text;

namespace AnalogTheory.Training.Runs;

/// <summary>Scalars at a step.</summary>
/// <param name="Step">Step, such as an epoch.</param>
/// <param name="Scalars">Names and values.</param>
internal sealed record Event(long Step, IReadOnlyList<(string Tag, float Value)> Scalars);

/// <summary>TensorBoard's event files: records of TensorFlow's TFRecord format, each a protocol buffer <c>Event</c>.</summary>
/// <remarks>
/// A record is its length in 8 bytes, the masked CRC-32C of these, the content, and the masked CRC-32C of the content. Fields of <c>Event</c>: 1 wall time
/// (double), 2 step (int64), 3 file version (string), 5 summary; of <c>Summary.Value</c>: 1 tag, 2 simple value (float). Source: tensorflow/core/lib/io/record_writer.h
/// and tensorflow/core/util/event.proto.
/// </remarks>
internal static class EventFile
{
    internal static byte[] Bytes(IEnumerable<Event> events)
    {
        using MemoryStream file = new();
        Record(file, Message(writer => Field(writer, 3, Encoding.ASCII.GetBytes("brain.Event:2"))));
        foreach (Event each in events)
        {
            Record(
                file,
                Message(writer =>
                {
                    Varint(writer, (2 << 3) | 0);
                    Varint(writer, (ulong)each.Step);
                    Field(writer, 5, Summary(each));
                })
            );
        }

        return file.ToArray();
    }

    /// <summary>Reads an event file, and checks every checksum.</summary>
    /// <exception cref="InvalidDataException">A record is cut short, or a checksum does not fit.</exception>
    internal static IReadOnlyList<Event> Read(ReadOnlySpan<byte> file)
    {
        List<Event> events = [];
        while (!file.IsEmpty)
        {
            if (file.Length < 16 || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)(file.Length - 16))
            {
                throw new InvalidDataException("An event file is cut short.");
            }

            ReadOnlySpan<byte> content = file.Slice(12, (int)length);
            if (
                Masked(file[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(file[8..])
                || Masked(content) != BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + (int)length)..])
            )
            {
                throw new InvalidDataException("An event file has a record whose checksum does not fit.");
            }

            if (Parse(content) is { } each)
            {
                events.Add(each);
            }

            file = file[(16 + (int)length)..];
        }

        return events;
    }

    /// <summary>CRC-32C of bytes, masked as TFRecord does.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282_EAD8u;
    }

    private static byte[] Summary(Event each) =>
        Message(summary =>
        {
            foreach ((string tag, float value) in each.Scalars)
            {
                Field(
                    summary,
                    1,
                    Message(writer =>
                    {
                        Field(writer, 1, Encoding.UTF8.GetBytes(tag));
                        Varint(writer, (2 << 3) | 5);
                        writer.Write(value);
                    })
                );
            }
        });

    private static byte[] Message(Action<BinaryWriter> write)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    private static void Record(MemoryStream file, byte[] content)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(head[..8]));
        file.Write(head);
        file.Write(content);
        BinaryPrimitives.WriteUInt32LittleEndian(head, Masked(content));
        file.Write(head[..4]);
    }

    private static void Field(BinaryWriter writer, int number, byte[] content)
    {
        Varint(writer, ((uint)number << 3) | 2);
        Varint(writer, (ulong)content.Length);
        writer.Write(content);
    }

    private static void Varint(BinaryWriter writer, ulong value) => writer.Write7BitEncodedInt64((long)value);

    private static Event? Parse(ReadOnlySpan<byte> message)
    {
        long step = 0;
        List<(string, float)>? scalars = null;
        while (!message.IsEmpty)
        {
            (int field, int kind) = Tag(ref message);
            if (field == 2 && kind == 0)
            {
                step = (long)Varint(ref message);
            }
            else if (field == 5)
            {
                scalars = [];
                ReadOnlySpan<byte> summary = Content(ref message);
                while (!summary.IsEmpty)
                {
                    Tag(ref summary);
                    scalars.Add(Scalar(Content(ref summary)));
                }
            }
            else
            {
                Content(ref message);
            }
        }

        return scalars is null ? null : new(step, scalars);
    }

    private static (string Tag, float Value) Scalar(ReadOnlySpan<byte> message)
    {
        Tag(ref message);
        string tag = Encoding.UTF8.GetString(Content(ref message));
        Tag(ref message);
        return (tag, BinaryPrimitives.ReadSingleLittleEndian(message));
    }

    private static (int Field, int Kind) Tag(ref ReadOnlySpan<byte> message) =>
        Varint(ref message) is var tag ? ((int)(tag >> 3), (int)(tag & 7)) : default;

    private static ReadOnlySpan<byte> Content(ref ReadOnlySpan<byte> message)
    {
        int length = (int)Varint(ref message);
        ReadOnlySpan<byte> bytes = message[..length];
        message = message[length..];
        return bytes;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
