"""Writes the ONNX dialect that OpenCV 4.6 imports.

Shapes are kept the TensorFlow way (batch, height, width, channels) while every 4-D value lives in memory as NCHW. A value
that left the convolutional part (`flat`) is in TensorFlow's own order. What the importer refuses is spelled out where it
happens: Clip with attributes instead of inputs, Gemm with transB and a bias, static shapes only.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def same_padding(size, kernel, stride, dilation):
    """TensorFlow's 'SAME': output size, padding before and after."""
    extent = (kernel - 1) * dilation + 1
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + extent - size)
    return out, total // 2, total - total // 2


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.inputs, self.outputs = [], {}, [], []
        self.shape, self.flat, self.count = {}, set(), 0

    def name(self, hint):
        self.count += 1
        return f'{hint}_{self.count}'

    def weight(self, array, hint='w'):
        name = self.name(hint)
        self.weights[name] = np.ascontiguousarray(array)
        return name

    def add(self, op, inputs, shape, flat=False, **attributes):
        out = self.name(op.lower())
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, **attributes))
        self.shape[out] = list(shape)
        if flat:
            self.flat.add(out)
        return out

    def input(self, name, shape):
        n, h, w, c = shape
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [n, c, h, w]))
        self.shape[name] = list(shape)
        return name

    def output(self, value, name):
        shape = self.shape[value]
        self.nodes.append(helper.make_node('Identity', [value], [name], name='out_' + name))
        if len(shape) == 4 and value not in self.flat:
            shape = [shape[0], shape[3], shape[1], shape[2]]
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def window(self, x, kernel, stride, dilation, padding, fill=0.0):
        """The input (padded by a node of its own where the padding is lopsided), output size and pads of a window."""
        _, h, w, _ = self.shape[x]
        if padding.upper() == 'VALID':
            out = [(s - (k - 1) * d - 1) // t + 1 for s, k, t, d in zip((h, w), kernel, stride, dilation)]
            return x, out[0], out[1], [0, 0, 0, 0]
        oh, top, bottom = same_padding(h, kernel[0], stride[0], dilation[0])
        ow, left, right = same_padding(w, kernel[1], stride[1], dilation[1])
        if top == bottom and left == right:
            return x, oh, ow, [top, left, bottom, right]
        return self.pad(x, [(0, 0), (top, bottom), (left, right), (0, 0)], fill), oh, ow, [0, 0, 0, 0]

    def pad(self, x, amounts, fill=0.0):
        if not any(map(sum, amounts)):
            return x
        shape = [size + before + after for size, (before, after) in zip(self.shape[x], amounts)]
        (_, _), (top, bottom), (left, right), (first, last) = amounts
        return self.add('Pad', [x], shape, mode='constant', value=float(fill),
                        pads=[0, first, top, left, 0, last, bottom, right])

    def conv(self, x, kernel, bias, stride, dilation, padding, depthwise=False):
        """kernel: height, width, channels in, channels out (depthwise: channels in, multiplier)."""
        n, _, _, channels = self.shape[x]
        kh, kw, c_in, c_out = kernel.shape
        x, oh, ow, pads = self.window(x, (kh, kw), stride, dilation, padding)
        if depthwise:
            c_out *= c_in
            laid_out, group = kernel.transpose(2, 3, 0, 1).reshape(c_out, 1, kh, kw), c_in
        else:
            laid_out, group = kernel.transpose(3, 2, 0, 1), channels // c_in
        inputs = [x, self.weight(laid_out.astype(np.float32), 'k')]
        if bias is not None:
            inputs.append(self.weight(np.asarray(bias, np.float32).reshape(-1), 'b'))
        return self.add('Conv', inputs, [n, oh, ow, c_out], kernel_shape=[kh, kw], strides=list(stride),
                        dilations=list(dilation), pads=pads, group=group)

    def pool(self, x, op, kernel, stride, padding):
        n, _, _, c = self.shape[x]
        x, oh, ow, pads = self.window(x, kernel, stride, (1, 1), padding, -1e30 if op == 'MaxPool' else 0.0)
        extra = {} if op == 'MaxPool' else {'count_include_pad': 0}
        return self.add(op, [x], [n, oh, ow, c], kernel_shape=list(kernel), strides=list(stride), pads=pads, **extra)

    def activation(self, x, kind):
        if kind in (None, 'linear'):
            return x
        flat, shape = x in self.flat, self.shape[x]
        if kind == 'relu6':
            return self.add('Clip', [x], shape, flat, min=0.0, max=6.0)
        if kind == 'softmax':
            return self.add('Softmax', [x], shape, flat, axis=len(shape) - 1)
        return self.add({'relu': 'Relu', 'sigmoid': 'Sigmoid'}[kind], [x], shape, flat)

    def binary(self, op, a, b):
        """b is another value or a constant that broadcasts over the channels."""
        if not isinstance(b, str):
            constant = np.asarray(b, np.float32)
            constant = constant.reshape((1,) * (4 - constant.ndim) + constant.shape).transpose(0, 3, 1, 2)
            return self.add(op, [a, self.weight(constant, 'c')], self.shape[a])
        shape = np.broadcast_shapes(tuple(self.shape[a]), tuple(self.shape[b]))
        return self.add(op, [a, b], shape)

    def reshape(self, x, shape):
        """Flattens in TensorFlow's order: height, width, channels."""
        _, h, w, c = self.shape[x]
        if not (h == w == 1 or c == 1):
            x = self.add('Transpose', [x], self.shape[x], flat=True, perm=[0, 2, 3, 1])
        return self.add('Reshape', [x, self.weight(np.array(shape, np.int64), 'shape')], shape, flat=True)

    def resize(self, x, height, width, align_corners, half_pixel):
        n, h, w, c = self.shape[x]
        scales = self.weight(np.array([1, 1, height / h, width / w], np.float32), 'scales')
        mode = 'align_corners' if align_corners else 'half_pixel' if half_pixel else 'asymmetric'
        return self.add('Resize', [x, self.weight(np.array([], np.float32), 'roi'), scales], [n, height, width, c],
                        mode='linear', coordinate_transformation_mode=mode)

    def dense(self, x, kernel, bias):
        return self.add('Gemm', [x, self.weight(kernel.T.astype(np.float32), 'k'), self.weight(bias, 'b')],
                        [self.shape[x][0], kernel.shape[1]], flat=True, transB=1)

    def save(self, path):
        """Attribute-style Clip and Pad belong to opset 10, three-input Resize to 11: the importer looks at the nodes."""
        opset = 11 if any(node.op_type == 'Resize' for node in self.nodes) else 10
        graph = helper.make_graph(self.nodes, 'net', self.inputs, self.outputs,
                                  [numpy_helper.from_array(array, name) for name, array in self.weights.items()])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', opset)], producer_name='atelier')
        model.ir_version = 7
        onnx.save(model, path)
