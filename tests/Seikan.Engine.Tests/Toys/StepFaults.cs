using Seikan.Testing.Steps;

namespace Seikan.Engine.Tests.Toys;

/// <summary>Steps that fail where a test says so.</summary>
internal static class StepFaults
{
    public static StepTransform With(this StepTransform step, FaultPoints faults)
    {
        step.BeforeCreate = () => faults.Pass("step.create");
        step.BeforeBatch = () => faults.Pass("step.process");
        step.BeforeEmit = () => faults.Pass("step.emit");
        return step;
    }
}
