class Shape {
  static made = 0;
  #sides;
  constructor(sides) {
    this.#sides = sides;
    Shape.made += 1;
  }
  get sides() { return this.#sides; }
  set sides(value) {
    if (value < 0) throw new RangeError("negative");
    this.#sides = value;
  }
  area() { return 0; }
  describe() { return this.sides + " sides, area " + this.area().toFixed(2); }
  static compare(one, other) { return one.area() - other.area(); }
  static isShape(value) { return #sides in value; }
}

class Square extends Shape {
  constructor(width) {
    super(4);
    this.width = width;
  }
  area() { const { width } = this; return width ** 2; }
}

class Circle extends Shape {
  radius = 1;
  static { this.unit = new Circle(); }
  constructor(radius = 1) { super(0); this.radius = radius; }
  area() { return Math.PI * this.radius * this.radius; }
  describe() { return "round, " + super.describe(); }
}

const shapes = [new Square(3), new Circle(2), new Square(1), Circle.unit];
for (const shape of shapes.sort(Shape.compare)) console.log(shape.describe());
console.log(Shape.made, Shape.isShape(shapes[0]), Shape.isShape({}));
try { shapes[0].sides = -1; } catch ({ message }) { console.log(message); }
const Local = class Inner { static self() { return Inner === Local; } };
console.log(Local.self());
