namespace AnalogTheory.Kernels.Sampling; 
#pragma warning disable
public static class Philox { public static (uint,uint,uint,uint) Block(uint a,uint b,uint c,uint d,uint e,uint f) => default; }
public static class Uniform { public static void FillUniform<T>(ulong key, uint p, uint r, ulong e, int n, int v, System.Span<T> raw) => throw new System.Exception(); }
public static class Gaussian { public static void FillGaussian<T>(ulong key, uint p, uint r, ulong e, int n, int v, System.Span<T> raw) => throw new System.Exception(); }
