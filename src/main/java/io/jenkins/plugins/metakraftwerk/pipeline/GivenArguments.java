package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.form.DefaultableFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Checks the arguments of a script before the step is made. Later, a missing argument looks the same as an empty one.
 */
final class GivenArguments {

    /** Limits the complaints, since a script may give any number of arguments. */
    private static final int MOST_COMPLAINTS = 10;

    private final String function;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Object> usable = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private GivenArguments(StepDescriptor step) {
        function = step.getFunctionName();
        for (DescribableParameter parameter : DescribableModel.of(step.clazz).getParameters()) {
            known.add(parameter.getName());
        }
    }

    /** Returns the arguments that the step can use, and the reason why it must refuse to start. */
    static Map<String, Object> check(StepDescriptor step, Map<String, Object> given) {
        if (given.containsKey(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            return given;
        }
        GivenArguments arguments = new GivenArguments(step);
        given.forEach(arguments::add);
        if (!arguments.complaints.isEmpty()) {
            String all = arguments.complaints.stream().limit(MOST_COMPLAINTS).collect(Collectors.joining(" "));
            arguments.usable.put("server", new Refusal(Messages.argument_refused(all)));
        }
        return arguments.usable;
    }

    private void add(String name, Object value) {
        if (!known.contains(name)) {
            complaints.add(Messages.argument_unknown(function, RemoteText.name(name), String.join(", ", known)));
            return;
        }
        try {
            Object taken = StepArguments.take(name, value);
            if (taken == null && DefaultableFields.isOne(name)) {
                complaints.add(DefaultableFields.empty(name));
            }
            usable.put(name, taken);
        } catch (IllegalArgumentException e) {
            complaints.add(e.getMessage());
        }
    }

    /**
     * Reason why a step must not start. An argument carries it, since Jenkins would show an exception here with a stack
     * trace.
     *
     * @param reason the wrong arguments, with an explanation
     */
    record Refusal(String reason) {}
}
