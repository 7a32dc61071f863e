using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class SurfaceTests
{
    [Fact]
    public void No_type_of_FSharp_is_on_the_public_surface() =>
        Assert.Empty(Surface.Mentions(Surface.Facade).Where(mention => IsFSharp(mention.Type)).Select(Shown));

    [Fact]
    public void No_type_of_the_core_is_on_the_public_surface() =>
        Assert.Empty(Surface.Mentions(Surface.Facade).Where(mention => AssemblyOf(mention.Type) == "AnalogTheory").Select(Shown));

    [Fact]
    public void Of_the_kernels_only_the_algebra_forms_of_own_parts_are_on_the_public_surface() =>
        Assert.Equal(
            ["DeviceLaw", "MemoryStep", "UpdateRule"],
            Surface
                .Mentions(Surface.Facade)
                .Where(mention => AssemblyOf(mention.Type) == "AnalogTheory.Kernels")
                .Select(mention => mention.Type.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_walk_finds_FSharp_types_and_attributes_in_the_core()
    {
        // Were the walk blind, the two tests above would pass on anything.
        HashSet<string> found =
        [
            .. Surface
                .Mentions(Assembly.Load("AnalogTheory"))
                .Where(mention => IsFSharp(mention.Type))
                .Select(mention => mention.Type.Name),
        ];
        Assert.Contains("FSharpList`1", found);
        Assert.Contains("FSharpOption`1", found);
        Assert.Contains("FSharpFunc`2", found);
        Assert.Contains("CompilationMappingAttribute", found);
    }

    [Fact]
    public void Every_public_type_is_sealed_or_has_a_member_that_only_the_façade_can_write() =>
        Assert.Empty(
            Surface
                .Facade.GetExportedTypes()
                .Where(type => !type.IsSealed)
                .Where(type =>
                    !type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance).Any(method => method.IsAbstract && method.IsAssembly)
                )
                .Select(type => type.FullName!)
        );

    [Fact]
    public void Nothing_public_can_be_changed_after_construction()
    {
        IEnumerable<string> fields = Members()
            .OfType<FieldInfo>()
            .Where(field => !field.IsInitOnly && !field.IsLiteral && field.Name != "value__")
            .Select(Shown);
        IEnumerable<string> setters = Members()
            .OfType<PropertyInfo>()
            .Where(property => property.SetMethod is { } setter && !IsInit(setter))
            .Select(Shown);
        Assert.Empty(fields.Concat(setters));
    }

    [Fact]
    public void Every_reference_on_the_surface_says_whether_it_may_be_null()
    {
        NullabilityInfoContext context = new();
        Assert.Empty(
            Members()
                .OfType<MethodInfo>()
                .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)))
                .SelectMany(method => method.GetParameters().Append(method.ReturnParameter))
                .Where(parameter => !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef)
                .Where(parameter => context.Create(parameter).WriteState == NullabilityState.Unknown)
                .Select(parameter => $"{Shown(parameter.Member)}({parameter.Name})")
        );
    }

    private static IEnumerable<MemberInfo> Members() => Surface.Facade.GetExportedTypes().SelectMany(Surface.Members);

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsFSharp(Type type) =>
        type.FullName?.StartsWith("Microsoft.FSharp.", StringComparison.Ordinal) == true || AssemblyOf(type) == "FSharp.Core";

    private static string? AssemblyOf(Type type) => type.Assembly.GetName().Name;

    private static string Shown((string Place, Type Type) mention) => $"{mention.Place}: {mention.Type}";

    private static string Shown(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
