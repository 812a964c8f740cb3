//! The packages of the workspace, and what packages are built from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::shell::{cargo, root, run_quietly};

/// The crates that programs on chain embed: no std, rustc 1.84. Package, folder under crates/.
pub(crate) const LIBRARIES: [(&str, &str); 10] = [
    ("tokenomics-fixed-math", "fixed-math"),
    ("tokenomics-internals", "internals"),
    ("tokenomics-vesting", "vesting"),
    ("tokenomics-emission-curves", "emission-curves"),
    ("tokenomics-rate-controllers", "rate-controllers"),
    ("tokenomics-escrow-weighting", "escrow-weighting"),
    ("tokenomics-fee-split", "fee-split"),
    ("tokenomics-haircut-collateral", "haircut-collateral"),
    ("tokenomics-liquidity-curves", "liquidity-curves"),
    ("tokenomics", "tokenomics"),
];

/// Returns the folders of the packages with these manifests and of all their path dependencies, and
/// the manifests and lock files of the workspaces that they are built in.
pub(crate) fn sources(manifests: &[PathBuf]) -> Result<BTreeSet<PathBuf>, String> {
    let mut known = Known::default();
    let mut sources = BTreeSet::new();
    let mut next = Vec::new();
    for manifest in manifests {
        // A workspace of no package of its own: its members are named beside it.
        if !std::fs::read_to_string(manifest).is_ok_and(|text| text.contains("[package]"))
            && manifest.is_file()
        {
            sources.insert(manifest.clone());
            continue;
        }
        let (package, workspace) = known.package(manifest)?;
        sources.insert(workspace.join("Cargo.lock"));
        next.extend(folders(&package));
        sources.extend([folder_of(manifest), workspace.join("Cargo.toml")]);
    }
    while let Some(folder) = next.pop() {
        if sources.insert(folder.clone()) {
            let (package, workspace) = known.package(&folder.join("Cargo.toml"))?;
            next.extend(folders(&package));
            sources.insert(workspace.join("Cargo.toml"));
        }
    }
    Ok(sources)
}

/// A package of this workspace.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// From the root.
    pub(crate) folder: String,
}

/// Returns the packages of this workspace.
pub(crate) fn members() -> Result<Vec<Member>, String> {
    let metadata = metadata(&root().join("Cargo.toml"))?;
    let member = |package: &Package| {
        let folder = folder_of(package.manifest_path.as_std_path());
        let folder = folder.strip_prefix(root()).unwrap_or(&folder);
        Member {
            name: package.name.to_string(),
            folder: folder.to_string_lossy().into_owned(),
        }
    };
    Ok(metadata.packages.iter().map(member).collect())
}

/// Returns the package of this workspace with a name, which may lack what all names begin with.
pub(crate) fn member(name: &str) -> Result<Member, String> {
    let (members, long) = (members()?, format!("tokenomics-{name}"));
    let called = |name: &str| members.iter().find(|member| member.name == name);
    let found = called(&long).or_else(|| called(name)).cloned();
    found.ok_or_else(|| {
        let names: Vec<_> = members.iter().map(|it| it.name.as_str()).collect();
        format!("no package `{name}`; there are: {}", names.join(", "))
    })
}

/// Returns the path at which cargo puts the shared object of the package in a folder, when it builds it
/// in release for a target that is no operating system's.
pub(crate) fn shared_object(folder: &Path, target: &str) -> Result<PathBuf, String> {
    let manifest = folder.join("Cargo.toml");
    let (metadata, name) = (metadata(&manifest)?, manifest.display());
    let mut packages = metadata.packages.iter();
    let package = packages.find(|package| package.manifest_path == manifest);
    let package = package.ok_or_else(|| format!("{name} is of no package"))?;
    let mut libraries = package.targets.iter();
    let library = libraries.find(|target| target.is_cdylib());
    let library = library.ok_or_else(|| format!("{name} has no cdylib"))?;
    let file = format!("lib{}.so", library.name);
    let built = metadata.target_directory.as_std_path().join(target);
    Ok(built.join("release").join(file))
}

fn folder_of(manifest: &Path) -> PathBuf {
    manifest.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// The folders of a package's path dependencies, for tests and for building it too.
fn folders(package: &Package) -> impl Iterator<Item = PathBuf> + '_ {
    let paths = package
        .dependencies
        .iter()
        .filter_map(|it| it.path.as_ref());
    paths.map(|path| path.as_std_path().to_owned())
}

/// What cargo has said so far: one answer holds all packages of a workspace.
#[derive(Default)]
struct Known(Vec<Metadata>);

impl Known {
    /// The package with a manifest, and the folder of its workspace.
    fn package(&mut self, manifest: &Path) -> Result<(Package, PathBuf), String> {
        if let Some(found) = self.find(manifest) {
            return Ok(found);
        }
        self.0.push(metadata(manifest)?);
        let found = self.find(manifest);
        found.ok_or_else(|| format!("{} is of no package", manifest.display()))
    }

    fn find(&self, manifest: &Path) -> Option<(Package, PathBuf)> {
        let in_one = |metadata: &Metadata| {
            let mut packages = metadata.packages.iter();
            let package = packages.find(|package| package.manifest_path == manifest)?;
            Some((package.clone(), metadata.workspace_root.clone().into()))
        };
        self.0.iter().find_map(in_one)
    }
}

/// The packages of a workspace as cargo reads them, without their dependencies' own: that needs
/// neither a network nor what they depend on.
fn metadata(manifest: &Path) -> Result<Metadata, String> {
    let mut command = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let json = run_quietly(command.arg("--manifest-path").arg(manifest))?;
    MetadataCommand::parse(json).map_err(|error| format!("{}: {error}", manifest.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::read;

    fn of(manifest: &str) -> Vec<String> {
        let sources = sources(&[root().join(manifest)]).unwrap();
        let relative = |path: &PathBuf| path.strip_prefix(root()).unwrap().display().to_string();
        sources.iter().map(relative).collect()
    }

    #[test]
    fn a_member_is_built_from_the_workspaces_lock_file() {
        let expected = ["Cargo.lock", "Cargo.toml", "crates/fixed-math"];
        assert_eq!(of("crates/fixed-math/Cargo.toml"), expected);
    }

    #[test]
    fn a_workspace_of_its_own_is_built_from_its_own_and_from_its_path_dependencies() {
        let expected = [
            "Cargo.toml",
            "crates/checks/beside-alloy",
            "crates/checks/beside-alloy/Cargo.lock",
            "crates/checks/beside-alloy/Cargo.toml",
            "crates/fixed-math",
            "crates/internals",
            "crates/rate-controllers",
        ];
        assert_eq!(of("crates/checks/beside-alloy/Cargo.toml"), expected);
    }

    #[test]
    fn the_dependencies_of_dependencies_count() {
        let manifest = read("crates/cli/Cargo.toml").unwrap();
        assert!(!manifest.contains("tokenomics-vesting"));
        let sources = of("crates/cli/Cargo.toml");
        assert!(sources.iter().any(|folder| folder == "crates/vesting"));
    }

    #[test]
    fn the_facade_is_built_from_every_library() {
        let sources = of("crates/tokenomics/Cargo.toml");
        for (_, folder) in LIBRARIES {
            assert!(sources.contains(&format!("crates/{folder}")), "{folder}");
        }
    }

    #[test]
    fn a_package_is_found_by_either_name() {
        let vesting = member("vesting").unwrap();
        assert_eq!(vesting.name, "tokenomics-vesting");
        assert_eq!(vesting.folder, "crates/vesting");
        assert_eq!(member("tokenomics-vesting").unwrap(), vesting);
        assert_eq!(member("tokenomics").unwrap().folder, "crates/tokenomics");
        assert!(member("tests").is_err());
    }

    #[test]
    fn every_library_is_a_member() {
        let members = members().unwrap();
        for (name, folder) in LIBRARIES {
            let folder = format!("crates/{folder}");
            let is_it = |it: &Member| it.name == name && it.folder == folder;
            assert!(members.iter().any(is_it), "{name}");
        }
    }

    #[test]
    fn a_manifest_that_is_not_there_is_an_error() {
        assert!(sources(&[root().join("crates/none/Cargo.toml")]).is_err());
    }
}
