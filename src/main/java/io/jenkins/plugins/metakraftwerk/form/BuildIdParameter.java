package io.jenkins.plugins.metakraftwerk.form;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A parameter of a job whose value is the id of a MetaKraftwerk build, so that a build step can take it as its build. */
@Restricted(NoExternalUse.class)
public interface BuildIdParameter {}
