//! The WGSL as the device gets it: valid, and its structs agree with their Rust mirrors member by member.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "shaders/endings.rs"]
mod endings;

use inkfield::bench::yardstick::SHADER as YARDSTICK;
use inkfield::gpu::gpu_types::{
    ChunkUniform, DotsUniform, MarkInstance, NearestUniform, PartInstance, PointInstance, PresentUniform,
    ResolveUniform, StretchInstance, ViewUniform,
};
use inkfield::gpu::marks::{PAINTS_DRAWING, PAINTS_FILL, PAINTS_TEXELS};
use inkfield::gpu::painters::cell_lookup::ORDER_BITS;
use inkfield::gpu::shaders::{COLOR_SHADERS, NEAREST, PANELS, SHADERS, STROKES};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{Binding, Module, ScalarKind, Type, TypeInner};
use std::mem::{offset_of, size_of};

fn parsed() -> Vec<(&'static str, Module)> {
    let parse = |(name, source): (&'static str, &str)| {
        let module = naga::front::wgsl::parse_str(source)
            .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(source)));
        (name, module)
    };
    SHADERS.into_iter().chain(COLOR_SHADERS).chain([YARDSTICK, PANELS, NEAREST, STROKES]).map(parse).collect()
}

fn struct_named<'a>(module: &'a Module, name: &str) -> Option<(&'a [naga::StructMember], u32)> {
    module.types.iter().find_map(|(_, Type { name: own, inner })| match inner {
        TypeInner::Struct { members, span } if own.as_deref() == Some(name) => Some((&members[..], *span)),
        _ => None,
    })
}

/// Name, offset and size in bytes of each member of a `#[repr(C)]` mirror. A member left out does not compile.
macro_rules! members {
    ($mirror:ident { $($member:ident),+ }) => {{
        let $mirror { $($member),+ } = bytemuck::Zeroable::zeroed();
        let members = vec![$((stringify!($member), offset_of!($mirror, $member) as u32, size_of_val(&$member) as u32)),+];
        (members, size_of::<$mirror>() as u32)
    }};
}

#[test]
fn every_shader_is_valid_as_shipped() {
    for (name, module) in parsed() {
        Validator::new(ValidationFlags::all(), Capabilities::empty())
            .validate(&module)
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
}

#[test]
fn uniforms_lie_in_memory_as_the_shaders_read_them() {
    let mirrors = [
        (
            "View",
            members!(ViewUniform {
                origin,
                origin_px,
                size_px,
                px_per_fixed,
                side_px,
                opacity,
                shape_mix,
                far_mix,
                stretch_low,
                stretch_rise,
                stretch_knee,
                stretch_knee_to,
                stretch_rise_above,
                level_mix,
                fine_side,
                rows_ready,
                half_fixed,
                tile_px,
                unused
            }),
        ),
        ("Chunk", members!(ChunkUniform { first_row, end_row, cell_bits, canvas })),
        ("Resolve", members!(ResolveUniform { inverted, unused_a, unused_b, unused_c })),
        ("Dots", members!(DotsUniform { pitch, margin, columns, lines, log_left, log_left_faded, tiles, fades })),
        ("Question", members!(NearestUniform { first, rows, sixteens, own })),
        ("Present", members!(PresentUniform { origin_px, linear, unused })),
    ];
    let modules = parsed();
    for (name, (mirror, bytes)) in mirrors {
        let mut found = 0;
        for (shader, module) in &modules {
            let Some((members, span)) = struct_named(module, name) else { continue };
            let layout: Vec<(&str, u32, u32)> = members
                .iter()
                .map(|member| {
                    (
                        member.name.as_deref().unwrap(),
                        member.offset,
                        module.types[member.ty].inner.size(module.to_ctx()),
                    )
                })
                .collect();
            assert_eq!((layout, span), (mirror.clone(), bytes), "{name} of {shader}");
            assert_eq!(bytes % 16, 0, "{name}: WebGL asks for whole 16 bytes");
            found += 1;
        }
        assert!(found > 0, "no shader has {name}");
    }
}

/// Location, kind of number and how many of them, of each vertex input of an entry point.
fn inputs(module: &Module, entry: &str) -> Vec<(u32, ScalarKind, u32)> {
    let entry = module.entry_points.iter().find(|point| point.name == entry).unwrap();
    let mut inputs = Vec::new();
    let mut add = |binding: &Option<Binding>, ty| {
        if let Some(Binding::Location { location, .. }) = binding {
            inputs.push(match module.types[ty].inner {
                TypeInner::Scalar(scalar) => (*location, scalar.kind, 1),
                TypeInner::Vector { size, scalar } => (*location, scalar.kind, size as u32),
                ref other => panic!("{other:?}"),
            });
        }
    };
    for argument in &entry.function.arguments {
        add(&argument.binding, argument.ty);
        if let TypeInner::Struct { members, .. } = &module.types[argument.ty].inner {
            for member in members {
                add(&member.binding, member.ty);
            }
        }
    }
    inputs
}

/// Location, kind and count of a vertex attribute, and where it begins.
fn attribute(attribute: &wgpu::VertexAttribute) -> ((u32, ScalarKind, u32), u64) {
    let (kind, count) = match attribute.format {
        wgpu::VertexFormat::Float32x4 | wgpu::VertexFormat::Unorm8x4 => (ScalarKind::Float, 4),
        wgpu::VertexFormat::Float32 => (ScalarKind::Float, 1),
        wgpu::VertexFormat::Sint32x2 => (ScalarKind::Sint, 2),
        wgpu::VertexFormat::Uint32 => (ScalarKind::Uint, 1),
        wgpu::VertexFormat::Uint32x4 => (ScalarKind::Uint, 4),
        other => panic!("{other:?} is new: say here what it is"),
    };
    ((attribute.shader_location, kind, count), attribute.offset)
}

#[test]
fn instances_arrive_where_the_vertex_shaders_look() {
    let instances = [
        ("quads", "vs_point", &PointInstance::ATTRIBUTES[..], members!(PointInstance { position, row })),
        (
            "cell look-up",
            "vs_part",
            &PartInstance::ATTRIBUTES[..],
            members!(PartInstance { left_top, columns, first, end, start }),
        ),
        ("mark", "vs_mark", &MarkInstance::ATTRIBUTES[..], members!(MarkInstance { rect, color, tint, kind })),
        ("strokes", "vs_stroke", &StretchInstance::ATTRIBUTES[..], members!(StretchInstance { ends, radius, color })),
    ];
    let modules = parsed();
    for (shader, entry, attributes, (members, bytes)) in instances {
        let module = &modules.iter().find(|(name, _)| *name == shader).unwrap().1;
        let (given, offsets): (Vec<_>, Vec<_>) = attributes.iter().map(attribute).unzip();
        assert_eq!(given, inputs(module, entry), "{entry}");
        let expected: Vec<u64> = members.iter().map(|&(_, offset, _)| offset.into()).collect();
        assert_eq!(offsets, expected, "{entry}");
        assert_eq!(
            bytes,
            members.iter().map(|&(_, _, bytes)| bytes).sum::<u32>(),
            "{entry}: gaps would be uploaded as noise"
        );
    }
}

#[test]
fn constants_are_the_same_in_both_languages() {
    let modules = parsed();
    for (shader, name, value) in [
        ("cell look-up", "ORDER_BITS", ORDER_BITS),
        ("mark", "PAINTS_FILL", PAINTS_FILL),
        ("mark", "PAINTS_TEXELS", PAINTS_TEXELS),
        ("mark", "PAINTS_DRAWING", PAINTS_DRAWING),
    ] {
        let module = &modules.iter().find(|(own, _)| *own == shader).unwrap().1;
        let (_, constant) =
            module.constants.iter().find(|(_, constant)| constant.name.as_deref() == Some(name)).unwrap();
        let naga::Expression::Literal(naga::Literal::U32(own)) = module.global_expressions[constant.init] else {
            panic!("{name}")
        };
        assert_eq!(own, value, "{name}");
    }
}

#[test]
fn every_shader_file_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = SHADERS
            .into_iter()
            .chain(COLOR_SHADERS)
            .chain([YARDSTICK, PANELS, NEAREST, STROKES])
            .map(|(_, source)| source);
        assert!(sources.any(|source| source.contains(&text)), "{} is in no shader", path.display());
    }
}

/// What an expression depends on: uniforms, anything that differs between invocations, or neither.
#[derive(Clone, Copy, Default)]
struct Depends {
    uniform: bool,
    varying: bool,
}

impl Depends {
    fn and(self, other: Self) -> Self {
        Self { uniform: self.uniform || other.uniform, varying: self.varying || other.varying }
    }
}

fn depends(module: &Module, function: &naga::Function, expression: naga::Handle<naga::Expression>) -> Depends {
    use naga::Expression as E;
    let of = |handle: &naga::Handle<naga::Expression>| depends(module, function, *handle);
    match &function.expressions[expression] {
        E::Literal(_) | E::Constant(_) | E::Override(_) | E::ZeroValue(_) => Depends::default(),
        E::GlobalVariable(global) => {
            // Private ones hold what uniforms were.
            let space = module.global_variables[*global].space;
            let uniform = matches!(space, naga::AddressSpace::Uniform | naga::AddressSpace::Private);
            Depends { uniform, varying: !uniform }
        }
        E::Access { base, index } => of(base).and(of(index)),
        E::AccessIndex { base, .. } | E::Splat { value: base, .. } | E::Swizzle { vector: base, .. } => of(base),
        E::Load { pointer } => of(pointer),
        E::Unary { expr, .. } | E::As { expr, .. } => of(expr),
        E::Binary { left, right, .. } => of(left).and(of(right)),
        E::Select { condition, accept, reject } => of(condition).and(of(accept)).and(of(reject)),
        E::Compose { components, .. } => components.iter().map(of).fold(Depends::default(), Depends::and),
        E::Relational { argument, .. } => of(argument),
        // Arguments, locals, results of calls and loads from textures: they may differ.
        _ => Depends { uniform: false, varying: true },
    }
}

fn conditions(block: &naga::Block, out: &mut Vec<naga::Handle<naga::Expression>>) {
    for statement in block {
        match statement {
            naga::Statement::Block(inner) => conditions(inner, out),
            naga::Statement::If { condition, accept, reject } => {
                out.push(*condition);
                conditions(accept, out);
                conditions(reject, out);
            }
            naga::Statement::Loop { body, continuing, break_if } => {
                out.extend(*break_if);
                conditions(body, out);
                conditions(continuing, out);
            }
            naga::Statement::Switch { selector, cases } => {
                out.push(*selector);
                for case in cases {
                    conditions(&case.body, out);
                }
            }
            _ => {}
        }
    }
}

/// Mesa's software driver compiles a shader anew for each value of a uniform that alone decides a branch (12 ms a draw, seen
/// with 22.3): such choices are made by pipeline constants or by `select`.
#[test]
fn no_branch_hangs_on_uniforms_alone() {
    let mut seen = 0;
    for (shader, module) in parsed() {
        let entries = module.entry_points.iter().map(|entry| &entry.function);
        for function in entries.chain(module.functions.iter().map(|(_, function)| function)) {
            let mut found = Vec::new();
            conditions(&function.body, &mut found);
            seen += found.len();
            for condition in found {
                let depends = depends(&module, function, condition);
                assert!(
                    depends.varying || !depends.uniform,
                    "{shader}: a branch in {:?} hangs on uniforms alone",
                    function.name
                );
            }
        }
    }
    assert!(seen > 20, "only {seen} conditions were looked at");
}
