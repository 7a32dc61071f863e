using System;
using System.Threading.Tasks;

namespace AnalogTheory.Cli.Tests.Culture;

/// <summary>What this process, which knows no languages, makes of the probe: once for every language that is compared with it.</summary>
public sealed class Here : IDisposable
{
    private readonly Shell _shell = new();
    private readonly Lazy<Task> _made;

    public Here() => _made = new(() => CultureTests.Probe(_shell.Folder));

    /// <summary>The folder of the files, when they are all there.</summary>
    internal async Task<string> Folder()
    {
        await _made.Value;
        return _shell.Folder;
    }

    public void Dispose() => _shell.Dispose();
}
