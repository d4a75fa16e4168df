import java.io.IOException;

class Main {
    private int look;
    private int brackets = 0;

    private void advance() throws IOException {
        do {
            look = System.in.read();
            if (look == '\n') {
                look = -1;
            }
        } while (look != -1 && "()[]{}".indexOf(look) < 0);
        if (look != -1) {
            brackets++;
        }
    }

    private boolean bracketBalance() throws IOException {
        while (look == '(' || look == '[' || look == '{') {
            int partner = look == '(' ? ')' : look + 2;
            advance();
            if (!bracketBalance()) {
                return false;
            }
            if (look != partner) {
                return false;
            }
            advance();
        }
        return true;
    }

    public static void main(String[] args) throws IOException {
        Main parser = new Main();
        parser.advance();
        boolean good = parser.bracketBalance() && parser.look == -1;
        if (parser.brackets == 0) {
            System.out.println("-");
        } else {
            System.out.println(good ? "yes" : "no");
        }
    }
}
