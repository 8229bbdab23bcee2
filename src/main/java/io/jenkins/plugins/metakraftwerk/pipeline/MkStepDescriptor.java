package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.SubmittedFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Base of the descriptors of the steps: lists and checks of the shared fields. It checks the arguments of scripts and
 * forms. The Snippet Generator writes ids as numbers.
 */
public abstract class MkStepDescriptor extends StepDescriptor implements CustomDescribableModel {

    private final String functionName;
    private final Supplier<String> displayName;

    /** @param displayName called each time, since users read different languages */
    MkStepDescriptor(String functionName, Supplier<String> displayName) {
        this.functionName = functionName;
        this.displayName = displayName;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return displayName.get();
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        SubmittedFields.tidy(form, clazz);
        return super.newInstance(request, form);
    }

    @Override
    @NonNull
    public Map<String, Object> customInstantiate(@NonNull Map<String, Object> given) {
        return GivenArguments.check(this, given);
    }

    @Override
    @NonNull
    public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable described) {
        Map<String, Object> numbers = new LinkedHashMap<>(described.getArguments());
        numbers.replaceAll((name, value) ->
                StepArguments.isNumber(name) && value instanceof String text ? numberIfItIsOne(text) : value);
        return described.withArguments(numbers);
    }

    private static Object numberIfItIsOne(String text) {
        OptionalLong id = IdParser.read(text);
        boolean plain = id.isPresent()
                && id.getAsLong() <= Integer.MAX_VALUE
                && Long.toString(id.getAsLong()).equals(text);
        return plain ? (Object) (int) id.getAsLong() : text;
    }

    /** Returns lists, checks and help of the fields that several forms have. */
    public StepForm.Fields getShared() {
        return ExtensionList.lookupSingleton(StepForm.InScript.class);
    }
}
