//! No shader runs for ever, and none depends on what a driver makes of a float that no integer can hold: rules that every loop and
//! every conversion keeps, read off the parsed WGSL.

use super::parsed;
use naga::valid::{Capabilities, FunctionInfo, ValidationFlags, Validator};
use naga::{
    BinaryOperator, Block, Expression, Function, Handle, Literal, LocalVariable, MathFunction, Module, ScalarKind,
    Statement,
};

/// Turns that loops within one another may take in all: Mesa's software driver ends all loops of a shader after so many, without
/// a word, where a GPU goes on.
const MOST_TURNS: u64 = 65_535;
/// The largest number that may become an integer.
const MOST_WHOLE: f64 = (1_u64 << 30) as f64;

/// A function with what is known of its expressions.
struct Checked<'a> {
    module: &'a Module,
    function: &'a Function,
    info: &'a FunctionInfo,
}

impl Checked<'_> {
    fn expression(&self, handle: Handle<Expression>) -> &Expression {
        &self.function.expressions[handle]
    }

    /// The number that an expression is, whatever it runs on; all components of a vector must be the same.
    fn number(&self, handle: Handle<Expression>) -> Option<f64> {
        self.number_in(&self.function.expressions, handle)
    }

    fn number_in(&self, all: &naga::Arena<Expression>, handle: Handle<Expression>) -> Option<f64> {
        match &all[handle] {
            Expression::Literal(Literal::I32(value)) => Some((*value).into()),
            Expression::Literal(Literal::U32(value)) => Some((*value).into()),
            Expression::Literal(Literal::F32(value)) => Some((*value).into()),
            Expression::ZeroValue(_) => Some(0.0),
            Expression::Constant(constant) => {
                self.number_in(&self.module.global_expressions, self.module.constants[*constant].init)
            }
            Expression::Splat { value, .. } => self.number_in(all, *value),
            Expression::Compose { components, .. } => {
                let numbers: Vec<f64> =
                    components.iter().map(|&part| self.number_in(all, part)).collect::<Option<_>>()?;
                numbers.windows(2).all(|pair| pair[0] == pair[1]).then(|| numbers.first().copied()).flatten()
            }
            _ => None,
        }
    }

    /// What an integer cannot exceed, whatever its parts are.
    fn at_most(&self, handle: Handle<Expression>) -> Option<f64> {
        match *self.expression(handle) {
            Expression::Math { fun: MathFunction::Min, arg, arg1: Some(other), .. } => {
                [arg, other].into_iter().filter_map(|part| self.at_most(part)).reduce(f64::min)
            }
            _ => self.number(handle),
        }
    }

    fn local(&self, pointer: Handle<Expression>) -> Option<Handle<LocalVariable>> {
        match *self.expression(pointer) {
            Expression::LocalVariable(local) => Some(local),
            _ => None,
        }
    }

    fn loaded(&self, handle: Handle<Expression>) -> Option<Handle<LocalVariable>> {
        match *self.expression(handle) {
            Expression::Load { pointer } => self.local(pointer),
            _ => None,
        }
    }

    /// `for (var i = 0; i < min(…, number); i++)` and nothing else: how many turns it may take.
    fn turns(&self, before: Option<&Statement>, of: &Statement) -> Result<u64, &'static str> {
        let Statement::Loop { body, continuing, break_if: None } = of else { return Err("has a `break if`") };
        let is_code = |statement: &&Statement| !matches!(statement, Statement::Emit(_));
        let Some(Statement::If { condition, accept, reject }) = body.iter().find(is_code) else {
            return Err("does not begin with its condition");
        };
        if !accept.is_empty() || !matches!(reject[..], [Statement::Break]) {
            return Err("goes on although its condition does not hold");
        }
        let Expression::Binary { op: BinaryOperator::Less, left, right } = *self.expression(*condition) else {
            return Err("has a condition that is no `<`");
        };
        let counter = self.loaded(left).ok_or("compares what is no variable")?;
        let end = self.at_most(right).ok_or("has an end that no number bounds")?;
        // Steps by one …
        let steps: Vec<&Statement> = continuing.iter().filter(is_code).collect();
        let [Statement::Store { pointer, value }] = steps[..] else { return Err("does more than a step") };
        let Expression::Binary { op: BinaryOperator::Add, left, right } = *self.expression(*value) else {
            return Err("does not step upwards");
        };
        if self.local(*pointer) != Some(counter)
            || self.loaded(left) != Some(counter)
            || self.number(right) != Some(1.0)
        {
            return Err("steps by more than one, or another variable");
        }
        // … from 0, and nothing else changes the counter.
        let starts = match before {
            Some(Statement::Store { pointer, value }) if self.local(*pointer) == Some(counter) => {
                usize::from(self.number(*value) == Some(0.0))
            }
            _ => 0,
        };
        let born = self.function.local_variables[counter].init;
        if starts == 0 && born.is_none_or(|init| self.number(init) != Some(0.0)) {
            return Err("does not start from 0");
        }
        if self.writes(&self.function.body, counter) != starts + 1 {
            return Err("has a counter that is changed elsewhere, too");
        }
        if let Expression::Binary { left, .. } = *self.expression(*condition)
            && self.kind(left) == Some(ScalarKind::Float)
        {
            return Err("counts in floats");
        }
        Ok(end as u64)
    }

    /// How often a variable is written to, or given away.
    fn writes(&self, block: &Block, local: Handle<LocalVariable>) -> usize {
        let is_it = |pointer: Handle<Expression>| usize::from(self.local(pointer) == Some(local));
        let of = |statement: &Statement| match statement {
            Statement::Store { pointer, .. } | Statement::Atomic { pointer, .. } => is_it(*pointer),
            Statement::Call { arguments, .. } => arguments.iter().map(|&argument| is_it(argument)).sum(),
            other => inner(other).into_iter().map(|block| self.writes(block, local)).sum(),
        };
        block.iter().map(of).sum()
    }

    /// The most turns that loops within one another take in a block; an error names the first that may never end.
    fn most_turns(&self, block: &Block) -> Result<u64, &'static str> {
        let mut most = 1;
        let mut before = None;
        for statement in block {
            let own = if matches!(statement, Statement::Loop { .. }) { self.turns(before, statement)? } else { 1 };
            for block in inner(statement) {
                most = most.max(own * self.most_turns(block)?);
            }
            if !matches!(statement, Statement::Emit(_)) {
                before = Some(statement);
            }
        }
        Ok(most)
    }

    fn kind(&self, handle: Handle<Expression>) -> Option<ScalarKind> {
        self.info[handle].ty.inner_with(&self.module.types).scalar_kind()
    }

    /// Every float that becomes an integer is `max(min(x, number), number)`: how many there are, or what is wrong with one.
    fn conversions(&self) -> Result<usize, &'static str> {
        let mut count = 0;
        for (_, expression) in self.function.expressions.iter() {
            let Expression::As { expr, kind: kind @ (ScalarKind::Sint | ScalarKind::Uint), convert: Some(_) } =
                *expression
            else {
                continue;
            };
            if self.kind(expr) != Some(ScalarKind::Float) {
                continue;
            }
            let Expression::Math { fun: MathFunction::Max, arg, arg1: Some(low), .. } = *self.expression(expr) else {
                return Err("is converted without a `max` around it");
            };
            let Expression::Math { fun: MathFunction::Min, arg1: Some(high), .. } = *self.expression(arg) else {
                return Err("is converted without a `min` inside its `max`");
            };
            let (Some(low), Some(high)) = (self.number(low), self.number(high)) else {
                return Err("is clamped to what is no number");
            };
            let least = if kind == ScalarKind::Uint { 0.0 } else { -MOST_WHOLE };
            if !(least <= low && low < high && high <= MOST_WHOLE) {
                return Err("is clamped to what the integer does not hold");
            }
            count += 1;
        }
        Ok(count)
    }
}

/// The blocks inside a statement.
fn inner(statement: &Statement) -> Vec<&Block> {
    match statement {
        Statement::Block(block) => vec![block],
        Statement::If { accept, reject, .. } => vec![accept, reject],
        Statement::Loop { body, continuing, .. } => vec![body, continuing],
        Statement::Switch { cases, .. } => cases.iter().map(|case| &case.body).collect(),
        _ => Vec::new(),
    }
}

/// Calls something with each function of a module.
fn each(module: &Module, mut check: impl FnMut(&str, &Checked<'_>)) {
    let info = Validator::new(ValidationFlags::all(), Capabilities::empty()).validate(module).unwrap();
    for (handle, function) in module.functions.iter() {
        check(function.name.as_deref().unwrap_or("?"), &Checked { module, function, info: &info[handle] });
    }
    for (index, entry) in module.entry_points.iter().enumerate() {
        check(&entry.name, &Checked { module, function: &entry.function, info: info.get_entry_point(index) });
    }
}

#[test]
fn case_pixel_every_loop_of_every_shader_ends_after_a_fixed_number_of_turns() {
    let mut loops = 0;
    for (shader, module) in parsed() {
        each(&module, |name, checked| match checked.most_turns(&checked.function.body) {
            Ok(turns) => {
                assert!(turns <= MOST_TURNS, "{shader}: loops of {name} take {turns} turns");
                loops += usize::from(turns > 1);
            }
            Err(wrong) => panic!("{shader}: a loop of {name} {wrong}"),
        });
    }
    assert!(loops >= 6, "only {loops} functions with loops were looked at");
}

#[test]
fn case_pixel_every_float_is_clamped_before_it_becomes_an_integer() {
    let mut seen = 0;
    for (shader, module) in parsed() {
        each(&module, |name, checked| match checked.conversions() {
            Ok(count) => seen += count,
            Err(wrong) => panic!("{shader}: a float of {name} {wrong}"),
        });
    }
    assert!(seen >= 20, "only {seen} conversions were looked at");
}

/// What the rules say of a function's body, with `n: i32` and `x: f32` as arguments.
fn judged(body: &str) -> Result<(u64, usize), &'static str> {
    let module = naga::front::wgsl::parse_str(&format!("fn f(n: i32, x: f32) -> i32 {{ {body} }}")).unwrap();
    let mut judged = Err("has no function");
    each(&module, |_, checked| {
        judged = checked.most_turns(&checked.function.body).and_then(|turns| Ok((turns, checked.conversions()?)));
    });
    judged
}

#[test]
fn loops_and_conversions_that_only_seem_bounded_are_refused() {
    let within =
        "for (var i = 0; i < min(n, 9); i++) { for (var j = 0; j < 7; j++) { if x > 1.0 { break; } } } return n;";
    assert_eq!(judged(within), Ok((63, 0)));
    assert_eq!(judged("return i32(max(min(x, 9.0), -9.0));"), Ok((1, 1)));
    for endless in [
        "var y = x; loop { if y >= 3.0 { break; } y += x; } return n;",
        "for (var y = x; y < 3.0; y += x) {} return n;",
        "for (var i = 0; i < n; i++) {} return n;",
        "for (var i = n; i < min(n, 9); i++) {} return n;",
        "for (var i = 0; i <= 9; i++) {} return n;",
        "for (var i = 0; i < 9; i += n) {} return n;",
        "for (var i = 9; i > 0; i--) {} return n;",
        "for (var i = 0; i < max(n, 9); i++) {} return n;",
        "for (var i = 0; i < 9; i++) { i = n; } return n;",
        "var i = 0; for (var j = 0; i < 9; j++) {} return n;",
        "var i = 0; i = n; for (; i < 9; i++) {} return n;",
        "for (var j = 0; j < 9; j++) { var i = n; for (; i < 9; i++) {} } return n;",
        "while x > 1.0 {} return n;",
        "loop { continuing { break if x > 1.0; } } return n;",
    ] {
        assert!(judged(endless).is_err(), "{endless}");
    }
    for unclamped in [
        "return i32(x);",
        "return i32(floor(x));",
        "return i32(clamp(x, 0.0, 9.0));",
        "return i32(min(max(x, 0.0), 9.0));",
        "return i32(max(min(x, f32(n)), 0.0));",
        "return i32(max(min(x, 9.0e9), 0.0));",
        "return i32(u32(max(min(x, 9.0), -1.0)));",
        "return vec2<i32>(max(min(vec2<f32>(x), vec2<f32>(9.0, x)), vec2<f32>(0.0))).x;",
    ] {
        assert!(judged(unclamped).is_err(), "{unclamped}");
    }
}
