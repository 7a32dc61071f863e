using System;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Training.Tests;

/// <summary>Numbers for tests, functions of a key.</summary>
internal static class Numbers
{
    internal static float[] Between(int count, ulong key, double low, double high)
    {
        double[] uniforms = new double[count];
        Uniform.Fill(key, Purpose.General, 0, uniforms);
        return Array.ConvertAll(uniforms, u => (float)(low + ((high - low) * u)));
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = System.IO.Directory.CreateTempSubdirectory("analog-theory-training-").FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
