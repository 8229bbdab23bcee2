package io.jenkins.plugins.metakraftwerk.security;

import hudson.model.Descriptor;
import hudson.util.ReflectionUtils;
import hudson.util.ReflectionUtils.Parameter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;

/** A method of a descriptor of this plugin that Jenkins lets a browser call. */
record WebMethod(Descriptor<?> descriptor, Method method) {

    static final String PACKAGE = "io.jenkins.plugins.metakraftwerk.";

    /** All there are, whoever adds one. */
    static List<WebMethod> all() {
        return Jenkins.get().getExtensionList(Descriptor.class).stream()
                .filter(descriptor -> descriptor.getClass().getName().startsWith(PACKAGE))
                .flatMap(descriptor -> declaredHere(descriptor.getClass())
                        .map(method -> new WebMethod((Descriptor<?>) descriptor, method)))
                .toList();
    }

    private static Stream<Method> declaredHere(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().matches("do[A-Z].*") && !method.isBridge())
                .filter(method -> method.getDeclaringClass().getName().startsWith(PACKAGE));
    }

    String name() {
        return method.getName();
    }

    /** Whether it stands in a form that only the system configuration page has. */
    boolean isGlobal() {
        return descriptor.getClass().getName().startsWith(PACKAGE + "server.MetaKraftwerkServer")
                || descriptor.getClass().getName().startsWith(PACKAGE + "server.MetaKraftwerkGlobal");
    }

    String path() {
        String inUrl = Character.toLowerCase(name().charAt(2)) + name().substring(3);
        return "descriptorByName/" + descriptor.getId() + "/" + inUrl;
    }

    /** Its query parameters with the values that get furthest: a method may call what it does not know otherwise. */
    Map<String, String> query(Map<String, String> values) {
        Map<String, String> query = new LinkedHashMap<>();
        for (Parameter parameter : ReflectionUtils.getParameters(method)) {
            if (parameter.annotation(QueryParameter.class) != null) {
                query.put(parameter.name(), values.getOrDefault(parameter.name(), "1"));
            }
        }
        return query;
    }

    @Override
    public String toString() {
        return descriptor.getId().substring(PACKAGE.length()) + "." + name();
    }
}
