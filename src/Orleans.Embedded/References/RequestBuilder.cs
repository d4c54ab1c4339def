using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Embedded;

/// <summary>Emits the request class of one method; see <see cref="ProxyBuilder"/>.</summary>
internal static class RequestBuilder
{
    private const MethodAttributes Override = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    public static string FieldName(int parameter) => "a" + parameter.ToString(CultureInfo.InvariantCulture);

    public static Type Build(ModuleBuilder module, MethodShape shape, int index)
    {
        var parent = shape.Kind switch
        {
            ReturnKind.TaskOfT or ReturnKind.ValueTaskOfT => typeof(TaskRequest<>).MakeGenericType(shape.ResultType),
            ReturnKind.AsyncEnumerable => typeof(EnumerationRequest<>).MakeGenericType(shape.ResultType),
            _ => typeof(VoidRequest),
        };
        var type = module.DefineType(
            string.Create(CultureInfo.InvariantCulture, $"Request{index}_{shape.Method.Name}"),
            TypeAttributes.Class | TypeAttributes.Public | TypeAttributes.Sealed,
            parent);
        var fields = shape.Parameters
            .Select((p, i) => type.DefineField(FieldName(i), p.ParameterType, FieldAttributes.Public))
            .ToArray();

        EmitConstructor(type, parent);
        EmitCall(type, parent, shape, fields);
        EmitGetArgument(type, fields);
        EmitSetArgument(type, fields);
        if (shape.CancellationIndex >= 0)
            EmitGetToken(type, fields[shape.CancellationIndex]);
        return type.CreateType();
    }

    private static void EmitConstructor(TypeBuilder type, Type parent)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, Type.EmptyTypes).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, parent.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, Type.EmptyTypes)!);
        il.Emit(OpCodes.Ret);
    }

    // The grain's answer as the base class wants it: a Task, a Task<T> or an IAsyncEnumerable<T>.
    private static void EmitCall(TypeBuilder type, Type parent, MethodShape shape, FieldBuilder[] fields)
    {
        var call = parent.GetMethod("CallGrain", BindingFlags.Instance | BindingFlags.Public)!;
        var il = type.DefineMethod(call.Name, Override, call.ReturnType, [typeof(object)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, shape.Interface);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, shape.Method);
        if (shape.Kind is ReturnKind.ValueTask or ReturnKind.ValueTaskOfT)
        {
            var answer = il.DeclareLocal(shape.Method.ReturnType);
            il.Emit(OpCodes.Stloc, answer);
            il.Emit(OpCodes.Ldloca, answer);
            il.Emit(OpCodes.Call, shape.Method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }
        else if (shape.Kind == ReturnKind.Void)
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitGetArgument(TypeBuilder type, FieldBuilder[] fields)
    {
        var il = type.DefineMethod(nameof(GrainRequest.GetArgument), Override, typeof(object), [typeof(int)]).GetILGenerator();
        var labels = EmitSwitch(il, fields);
        for (var i = 0; i < fields.Length; i++)
        {
            il.MarkLabel(labels[i]);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, fields[i]);
            il.Emit(OpCodes.Box, fields[i].FieldType);
            il.Emit(OpCodes.Ret);
        }
    }

    private static void EmitSetArgument(TypeBuilder type, FieldBuilder[] fields)
    {
        var il = type.DefineMethod(nameof(GrainRequest.SetArgument), Override, typeof(void), [typeof(int), typeof(object)]).GetILGenerator();
        var labels = EmitSwitch(il, fields);
        for (var i = 0; i < fields.Length; i++)
        {
            il.MarkLabel(labels[i]);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, fields[i].FieldType);
            il.Emit(OpCodes.Stfld, fields[i]);
            il.Emit(OpCodes.Ret);
        }
    }

    private static Label[] EmitSwitch(ILGenerator il, FieldBuilder[] fields)
    {
        var labels = fields.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Newobj, typeof(IndexOutOfRangeException).GetConstructor(Type.EmptyTypes)!);
        il.Emit(OpCodes.Throw);
        return labels;
    }

    private static void EmitGetToken(TypeBuilder type, FieldBuilder token)
    {
        var il = type.DefineMethod(nameof(GrainRequest.GetCancellationToken), Override, typeof(CancellationToken), Type.EmptyTypes).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, token);
        il.Emit(OpCodes.Ret);
    }
}
