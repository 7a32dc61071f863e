using System.Reflection;

namespace AnalogTheory.Cli.Display;

/// <summary>Version of the tool and the commit that it was built from.</summary>
internal static class ToolVersion
{
    private static readonly string[] s_parts = (
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"
    ).Split('+', 2);

    /// <summary>Such as 0.1.0.</summary>
    internal static string Number => s_parts[0];

    /// <summary>Hash, or <c>unknown</c>.</summary>
    internal static string Commit => s_parts.Length > 1 ? s_parts[1] : "unknown";
}
