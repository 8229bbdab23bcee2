// The stand-in server is a part of the tests, so its classes are found beside the plugin's, not in it.
import jenkins.model.Jenkins

def classes = new File(System.getProperty('metakraftwerk.demo.classes'))
def loader = new URLClassLoader([classes.toURI().toURL()] as URL[], Jenkins.get().pluginManager.uberClassLoader)
def server = loader.loadClass('io.jenkins.plugins.metakraftwerk.standin.StandInServer').start(8095)
println "The stand-in MetaKraftwerk server listens at ${server.url()}"
