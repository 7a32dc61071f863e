using System;
using System.IO;
using System.Runtime.InteropServices;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Runs;

/// <summary>The numbers of a network's state as bytes, exactly. Shapes are the network's: numbers are read into a state that has them already.</summary>
internal static class StateBytes
{
    internal static void Write(NetworkState state, BinaryWriter writer) => Each(state, values => writer.Write(values));

    /// <exception cref="EndOfStreamException">There are fewer numbers than the state has.</exception>
    internal static void Read(NetworkState state, BinaryReader reader) => Each(state, values => reader.BaseStream.ReadExactly(values));

    // Goes through all numbers in one order. Little-endian, as every system is that .NET runs on.
    private static void Each(NetworkState state, BytesVisitor visit)
    {
        foreach (LayerState layer in state.Layers)
        {
            visit(MemoryMarshal.AsBytes(layer.Numbers));
            foreach (AlgorithmState tile in layer.Tiles)
            {
                foreach (ArrayState array in tile.Arrays)
                {
                    Visit(array.Weights, visit);
                    if (array.Hidden is not null)
                    {
                        Visit(array.Hidden, visit);
                    }
                }

                foreach (Grid buffer in tile.Buffers)
                {
                    Visit(buffer, visit);
                }

                visit(MemoryMarshal.AsBytes(tile.Numbers));
                visit(MemoryMarshal.AsBytes(tile.Counters));
            }
        }
    }

    private static void Visit(Grid grid, BytesVisitor visit)
    {
        for (int i = 0; i < grid.Rows; i++)
        {
            visit(MemoryMarshal.AsBytes(grid.Row(i)));
        }
    }

    private delegate void BytesVisitor(Span<byte> bytes);
}
