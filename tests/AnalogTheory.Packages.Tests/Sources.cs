using AnalogTheory.Packages.Tests;
using Xunit;

// Packed once, for all tests.
[assembly: AssemblyFixture(typeof(Feed))]
